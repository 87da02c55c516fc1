import { weighBuild } from '../scripts/weigh-build.mjs'
import type { AppRow, AppSubject } from './harness/subject.ts'

/** One row a part, by the budget that the build holds it to. */
const rowOf = (name: string, size: number, limit: number): AppRow => ({
  name,
  value: size,
  unit: 'KB',
  all: [size],
  toReach: `≤ ${limit} KB`,
  isReached: size <= limit,
})

export const subject: AppSubject = {
  name: 'sizes',
  about:
    'KB of JavaScript, gzip: what loads before the first screen, each worker, and the heaviest part that loads later.',
  measure: async () => {
    const weights = weighBuild(process.env['TAKIBI_APP'] ?? 'dist/app').filter(({ limit }) => limit < Infinity)
    const isAtOnce = ({ part }: { readonly part: string }): boolean => /^first screen|worker$/.test(part)
    const later = weights.filter((weight) => !isAtOnce(weight)).toSorted((a, b) => b.size / b.limit - a.size / a.limit)
    return [...weights.filter(isAtOnce), ...later.slice(0, 1)].map(({ part, size, limit }) => rowOf(part, size, limit))
  },
}
