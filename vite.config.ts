import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { headerPolicy, metaPolicy } from './src/hosts/csp.ts'
import { target, workerFiles } from './vite.shared.ts'

/** Headers of every file, in the format that static hosts (Netlify, Cloudflare Pages) and scripts/static-server.mjs read. */
const headers = `/*
  Content-Security-Policy: ${headerPolicy}
  Cross-Origin-Opener-Policy: same-origin
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  Cache-Control: no-cache
/assets/*
  Cache-Control: public, max-age=31536000, immutable
`

/** Puts the policy into the page, for hosts that send no headers, and beside it, for those that do. */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy }, injectTo: 'head-prepend' },
  ],
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: '_headers', source: headers })
  },
}

/** The app. It runs from any folder of any static host: all URLs are relative, all routes stand behind the `#`. */
export default defineConfig({
  base: './',
  appType: 'mpa',
  plugins: [
    react(),
    contentSecurityPolicy,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/hosts/service-worker',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: false,
      injectManifest: {
        injectionPoint: 'self.precacheList',
        globPatterns: ['**/*.{html,js,css,svg,png,woff2,webmanifest}'],
      },
    }),
  ],
  worker: workerFiles,
  build: {
    target,
    outDir: 'dist/app',
    manifest: true,
    // The policy allows no `data:` fonts or scripts, and the polyfill would be a script in the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What every screen starts with is one file: cut by which of the lazy parts need it, its pieces would be packed each by itself, 2 KB more in all.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
  },
})
