/** Numbers of vectors as bytes: IEEE 754 single precision, the lowest byte first, on every machine. */

const isLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

export function floatBytes(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 4);
  if (isLittle) bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  else {
    const view = new DataView(bytes.buffer);
    values.forEach((value, i) => view.setFloat32(i * 4, value, true));
  }
  return bytes;
}

/** @param bytes a multiple of four */
export function bytesToFloats(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  if (isLittle && bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
