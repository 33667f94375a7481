import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { emoji } from './scripts/emoji.mjs'

const server = process.env.PARLEY_DEV_SERVER ?? 'http://127.0.0.1:8080'
const proxied = ['/api', '/chat', '/widget', '/widget.js', '/demo', '/hooks']

// assetsInlineLimit is 0 because the page's CSP allows no data: scripts or styles,
// and a hashed file is cached for a year anyway.
export default defineConfig({
  plugins: [react(), tailwindcss(), emoji()],
  resolve: { alias: { '#': fileURLToPath(new URL('.', import.meta.url)) } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // Guides for administrators are shown from where they are written.
  server: {
    port: 5173,
    proxy: Object.fromEntries(proxied.map((path) => [path, server])),
    fs: { allow: ['.', '../../docs/channels'] },
  },
  test: { include: ['**/*.test.ts', '**/*.test.tsx'], environment: 'node' },
})
