import { defineConfig } from "vite";

// `npx vite` shows changes at once, over the service that RELATA names.
const service = process.env["RELATA"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  worker: { format: "es" },
  server: { proxy: { "/v1": service, "/openapi.json": service } },
});
