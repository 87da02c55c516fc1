import { defineConfig, type Plugin, type Rolldown } from 'vite'
import { target, workerFiles } from './vite.shared.ts'

/** Every file that a chunk imports, by whatever way, once. */
const filesBehind = (bundle: Rolldown.OutputBundle, file: string, seen = new Set<string>()): ReadonlySet<string> => {
  const chunk = bundle[file]
  for (const next of chunk?.type === 'chunk' ? chunk.imports : [])
    if (bundle[next] && !seen.has(next)) filesBehind(bundle, next, seen.add(next))
  return seen
}

/** An entry names all files it needs, so that a page asks for them at once and not for one after the other. */
const importsAtOnce: Plugin = {
  name: 'imports-at-once',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.isEntry) continue
      const later = [...filesBehind(bundle, chunk.fileName)].filter((file) => !chunk.imports.includes(file))
      const imports = later.map((file) => `import "./${file}";\n`)
      chunk.code = imports.join('') + chunk.code
    }
  },
}

/**
 * The library for pages: one file per entry of package.json's `exports`, and the workers beside them. Everything but React is inside,
 * so that a page with one `<script type="module">` needs no build of its own.
 */
export default defineConfig({
  // Else the workers' URLs would be absolute, and wrong on every host but ours.
  base: './',
  publicDir: false,
  plugins: [importsAtOnce],
  // A worker is one file: who bundles the library into a site of their own copies the worker, and none of what it would import.
  worker: {
    ...workerFiles,
    rolldownOptions: { output: { ...workerFiles.rolldownOptions.output, codeSplitting: false } },
  },
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
