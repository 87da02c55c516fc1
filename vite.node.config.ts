import { chmodSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'

/** A command must be executable to be one. */
const executableCommand: Plugin = {
  name: 'executable-command',
  writeBundle: ({ dir = '' }) => chmodSync(`${dir}/takibi.js`, 0o755),
}

/** The Node side: `takibi/node` and the command `takibi`. Packages stay imports; some bring compiled code of their own. */
export default defineConfig({
  publicDir: false,
  plugins: [executableCommand],
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/node',
    rolldownOptions: {
      input: { node: 'src/sdk/node.ts', takibi: 'src/sdk/takibi.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
})
