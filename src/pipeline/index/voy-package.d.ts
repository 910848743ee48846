/** The glue of voy-search, which ships types only for its bundler entry. */
declare module 'voy-search/voy_search_bg.js' {
  export * from 'voy-search';
  /** Chooses the instance that every following call of this module goes to. */
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}
