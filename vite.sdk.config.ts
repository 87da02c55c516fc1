import { defineConfig } from 'vite'
import { target, workerFiles } from './vite.shared.ts'

/**
 * The library for pages: one file per entry of package.json's `exports`, and the workers beside them. Everything but React is inside,
 * so that a page with one `<script type="module">` needs no build of its own.
 */
export default defineConfig({
  // Else the workers' URLs would be absolute, and wrong on every host but ours.
  base: './',
  publicDir: false,
  worker: workerFiles,
  build: {
    target,
    outDir: 'dist/sdk',
    assetsInlineLimit: 0,
    lib: {
      entry: {
        index: 'src/sdk/index.ts',
        react: 'src/sdk/react/index.ts',
        core: 'src/sdk/core.ts',
        testing: 'src/sdk/testing.ts',
      },
      formats: ['es'],
    },
    rolldownOptions: { external: [/^react(\/|$)/], output: { chunkFileNames: 'assets/[name]-[hash].js' } },
  },
})
