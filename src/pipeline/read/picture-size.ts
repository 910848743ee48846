/** Width and height of a picture from its first bytes, without decoding it. */

export interface PictureSize {
  /** Pixels, upright: as a browser shows the picture. */
  readonly width: number;
  readonly height: number;
}

/** Null when the bytes are no PNG, JPEG, GIF, WebP or BMP, or are cut short before their size. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = sizeIn(view);
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    // A DataView throws where the file ends too early.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function sizeIn(view: DataView): PictureSize | null {
  switch (view.getUint16(0)) {
    case 0x8950:
      return { width: view.getUint32(16), height: view.getUint32(20) };
    case 0x4749:
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 0x424d:
      // A negative height: rows stand from the top down.
      return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
    case 0xffd8:
      return jpegSize(view);
    case 0x5249:
      return webpSize(view);
    default:
      return null;
  }
}

function webpSize(view: DataView): PictureSize | null {
  const form = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  if (form === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (form !== 'VP8X') return null;
  const three = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536 + 1;
  return { width: three(24), height: three(27) };
}

/** Walks the segments up to the one that begins a frame. */
function jpegSize(view: DataView): PictureSize | null {
  let sideways = false;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1) sideways ||= isSideways(view, at + 4);
    // C4, C8 and CC among the frame markers are tables.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return sideways ? { width: height, height: width } : { width, height };
    }
    at += 2 + Math.max(2, length);
  }
}

/** Whether Exif data says that the picture is shown turned by a quarter. */
function isSideways(view: DataView, at: number): boolean {
  if (view.getUint32(at) !== 0x45786966) return false;
  const tiff = at + 6;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (view.getUint16(entry, little) === 0x0112) return view.getUint16(entry + 8, little) >= 5;
  }
  return false;
}
