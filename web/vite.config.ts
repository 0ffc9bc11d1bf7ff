import { defineConfig } from "vite";

// `npx vite` shows changes at once, over the service that RELATA names.
const service = { target: process.env["RELATA"] ?? "http://127.0.0.1:8080", changeOrigin: false };  // it lets only its own pages write

export default defineConfig({
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  worker: { format: "es" },
  server: { proxy: { "/v1": service, "/openapi.json": service } },
});
