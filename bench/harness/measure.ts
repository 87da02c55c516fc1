import { median, type Case, type Row, type Subject, type Where } from './subject.ts'

const duration = async ({ run, after }: Case): Promise<number> => {
  const start = performance.now()
  await run()
  const taken = performance.now() - start
  await after?.()
  return taken
}

/** Runs the cases of a subject in turns, one untimed round first, and compares their medians. */
export const measure = async (subject: Subject, where: Where): Promise<readonly Row[]> => {
  const cases = await subject.prepare()
  for (const each of cases) await duration(each)
  const durations = new Map<string, number[]>(cases.map(({ name }) => [name, []]))
  for (let round = 0; round < subject.rounds; round += 1) {
    // Every other round goes backwards, so that nobody always runs in the warmth of the same neighbour.
    for (const each of round % 2 === 0 ? cases : cases.toReversed()) {
      durations.get(each.name)?.push(await duration(each))
    }
  }
  const valueOf = (name: string): number => median(durations.get(name) ?? [])
  const figures = ((await subject.figures?.()) ?? []).map((row): Row => ({ ...row, subject: subject.name, where }))
  const rows = cases.map(({ name, floor, withinMs, bytes }): Row => {
    const value = valueOf(name)
    const row = {
      subject: subject.name,
      where,
      name,
      value,
      unit: 'ms',
      all: durations.get(name) ?? [],
      items: subject.items,
      ...(bytes === undefined ? {} : { megabytesPerSecond: bytes / 1_000 / value }),
    } as const
    if (floor) {
      const ratio = value / valueOf(floor.name)
      return { ...row, ratio, toReach: `≤ ${floor.times} × ${floor.name}`, isReached: ratio <= floor.times }
    }
    return withinMs === undefined ? row : { ...row, toReach: `≤ ${withinMs} ms`, isReached: value <= withinMs }
  })
  return [...rows, ...figures]
}
