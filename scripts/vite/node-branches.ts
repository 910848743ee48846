/** ONNX Runtime's glue also runs in Node; what it asks for there is left out of the page, without a warning. */
import type { Plugin } from 'vite';

const NODE_ONLY = ['fs', 'path', 'crypto'];
const NOTHING = '\0carrel:nothing';

export function nodeBranches(): Plugin {
  return {
    name: 'carrel:node-branches',
    enforce: 'pre',
    resolveId: (id, importer) =>
      NODE_ONLY.includes(id) && importer?.includes('onnxruntime-web/lib/wasm/binding') ? NOTHING : null,
    load: (id) => (id === NOTHING ? 'export default {};' : null),
  };
}
