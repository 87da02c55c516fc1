/** How one language writes numbers, dates and lists. Built once per language; every message module takes one. */
export interface Format {
  readonly locale: string
  readonly number: (value: number | bigint) => string
  /** `{n}` in the chosen form becomes the number. */
  readonly plural: (
    count: number,
    forms: { readonly one: string; readonly other: string; readonly zero?: string },
  ) => string
  readonly list: (items: readonly string[]) => string
  /** The time today, the weekday this week, the date before. For the margin of a list. */
  readonly when: (time: number, now: number) => string
  readonly time: (time: number) => string
  /** Day and time in full. */
  readonly dateTime: (time: number) => string
  readonly date: (time: number) => string
  /** A day as briefly as it can be told: today, tomorrow, the weekday this week, day and month this year. */
  readonly day: (time: number, now: number) => string
  readonly bytes: (bytes: number) => string
  readonly percent: (share: number) => string
  readonly compare: (a: string, b: string) => number
}

const day = 86_400_000
const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0)
const capitalised = (text: string, locale: string): string =>
  text === '' ? '' : text[0]!.toLocaleUpperCase(locale) + text.slice(1)
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

export const formatFor = (locale: string): Format => {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const rules = new Intl.PluralRules(locale)
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' })
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const monthDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const collator = new Intl.Collator(locale, { numeric: true })
  const sizes = units.map((unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }))
  return {
    locale,
    number: (value) => number.format(value),
    plural: (count, forms) => {
      const form =
        count === 0 && forms.zero !== undefined ? forms.zero : rules.select(count) === 'one' ? forms.one : forms.other
      return form.replace('{n}', number.format(count))
    },
    list: (items) => list.format(items),
    when: (at, now) => {
      const days = Math.round((startOfDay(now) - startOfDay(at)) / day)
      if (days === 0) return time.format(at)
      if (days === 1) return relative.format(-1, 'day')
      return days > 0 && days < 7 ? weekday.format(at) : date.format(at)
    },
    time: (at) => time.format(at),
    dateTime: (at) => dateTime.format(at),
    day: (at, now) => {
      const days = Math.round((startOfDay(at) - startOfDay(now)) / day)
      if (Math.abs(days) <= 1) return capitalised(relative.format(days, 'day'), locale)
      if (Math.abs(days) < 7) return weekday.format(at)
      return new Date(at).getFullYear() === new Date(now).getFullYear() ? monthDay.format(at) : date.format(at)
    },
    date: (at) => date.format(at),
    bytes: (bytes) => {
      const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
      return (sizes[step] ?? sizes[0])?.format(bytes / 1000 ** step) ?? ''
    },
    percent: (share) => percent.format(share),
    compare: (a, b) => collator.compare(a, b),
  }
}
