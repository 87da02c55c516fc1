import type { Subject } from './subject.ts'

/** All `bench/<name>.bench.ts` that a browser can load, by name; each is loaded when it is asked for. */
const files = import.meta.glob<{ readonly subject: Subject }>(['../*.bench.ts', '!../node.bench.ts'])

export const subjectNames: readonly string[] = Object.keys(files).map((file) =>
  file.replace(/^.*\/(.+)\.bench\.ts$/, '$1'),
)

export const loadSubject = async (name: string): Promise<Subject> => {
  const load = files[`../${name}.bench.ts`]
  if (!load) throw new Error(`There is no bench/${name}.bench.ts; there are: ${subjectNames.join(', ')}`)
  return (await load()).subject
}
