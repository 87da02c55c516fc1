/** Numbers about a node, in the text format of Prometheus. */
export interface Metrics {
  readonly count: (name: CounterName, labels: Labels, by?: number) => void
  /** Seconds that something took. */
  readonly observe: (route: string, seconds: number) => void
  /** Something that is asked for when the text is made. */
  readonly gauge: (name: string, help: string, read: () => number) => void
  readonly text: () => string
}

type Labels = Readonly<Record<string, string | number>>

const counters = {
  takibi_http_requests_total: 'Requests answered, by route and status.',
  takibi_published_entries_total: 'Entries that came by GraphQL, by what became of them.',
  takibi_refused_total: 'What was turned away because of a limit, by which.',
  takibi_sync_connections_total: 'WebSockets taken for sync.',
} as const
type CounterName = keyof typeof counters

/** Upper ends of the classes of durations, in seconds. */
const classes = [0.005, 0.02, 0.1, 0.5, 2, 10] as const
const histogram = 'takibi_http_request_seconds'

const escape = (text: string): string =>
  text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))
const labelText = (labels: Labels): string => {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escape(String(value))}"`)
  return parts.length > 0 ? `{${parts.join(',')}}` : ''
}
const head = (name: string, help: string, type: string): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
]

export function createMetrics(): Metrics {
  const counts = new Map<CounterName, Map<string, number>>()
  const durations = new Map<string, { readonly below: number[]; sum: number; count: number }>()
  const gauges: { readonly name: string; readonly help: string; readonly read: () => number }[] = []

  const durationLines = (): readonly string[] => {
    if (durations.size === 0) return []
    const lines = [...head(histogram, 'How long answers took, by route.', 'histogram')]
    for (const [route, { below, sum, count }] of durations) {
      for (const [at, end] of classes.entries())
        lines.push(`${histogram}_bucket${labelText({ route, le: end })} ${below[at]}`)
      lines.push(`${histogram}_bucket${labelText({ route, le: '+Inf' })} ${count}`)
      lines.push(`${histogram}_sum${labelText({ route })} ${sum}`, `${histogram}_count${labelText({ route })} ${count}`)
    }
    return lines
  }
  return {
    count: (name, labels, by = 1) => {
      const byLabels = counts.get(name) ?? new Map<string, number>()
      counts.set(name, byLabels)
      const key = labelText(labels)
      byLabels.set(key, (byLabels.get(key) ?? 0) + by)
    },
    observe: (route, seconds) => {
      const duration = durations.get(route) ?? { below: classes.map(() => 0), sum: 0, count: 0 }
      durations.set(route, duration)
      for (const [at, end] of classes.entries()) if (seconds <= end) duration.below[at]!++
      duration.sum += seconds
      duration.count++
    },
    gauge: (name, help, read) => void gauges.push({ name, help, read }),
    text: () => {
      const lines: string[] = []
      for (const [name, byLabels] of counts) {
        lines.push(...head(name, counters[name], 'counter'))
        for (const [labels, value] of byLabels) lines.push(`${name}${labels} ${value}`)
      }
      lines.push(...durationLines())
      for (const { name, help, read } of gauges) lines.push(...head(name, help, 'gauge'), `${name} ${read()}`)
      return `${lines.join('\n')}\n`
    },
  }
}
