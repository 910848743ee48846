/** The build's hash, put in by vite. */
declare const __BUILD__: string;
