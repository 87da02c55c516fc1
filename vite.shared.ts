import { basename, dirname } from 'node:path'
import type { UserConfig } from 'vite'

/** What the browsers we support run without translation. */
export const target = 'es2023'

/** Workers are modules, named after their room: `assets/engine-….js` and not one `main-….js` beside another. */
export const workerFiles = {
  format: 'es',
  rolldownOptions: {
    output: {
      entryFileNames: ({ facadeModuleId, name }) =>
        `assets/${facadeModuleId ? basename(dirname(facadeModuleId)) : name}-[hash].js`,
    },
  },
} satisfies UserConfig['worker']
