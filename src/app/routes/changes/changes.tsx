import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { ChangeRow } from '../../components/change-row.tsx'
import { Empty, Heading, Screen } from '../../components/screen.tsx'
import { type Changed, useChanges } from '../../data/use-changes.ts'
import type { Format } from '../../messages/format.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'

const step = 36

const byDay = (changes: readonly Changed[], format: Format) => {
  const days = new Map<string, Changed[]>()
  for (const change of changes) {
    const day = format.date(change.document.changedAt)
    days.set(day, [...(days.get(day) ?? []), change])
  }
  return [...days].map(([day, entries]) => ({ day, entries }))
}

/** What changed lately in all collections, day by day. */
export const Changes = () => {
  const { t, format } = useSpeech()
  const say = t.you.changes
  const [perCollection, setPerCollection] = useState(12)
  const { changes, hasMore } = useChanges(perCollection)
  const days = byDay(changes, format)
  return (
    <Screen title={say.title} subtitle={say.localTime} back={path.home()} width="narrow">
      {changes.length === 0 && <Empty title={say.quiet} />}
      {days.map(({ day, entries }) => (
        <section key={day}>
          <Heading>{day}</Heading>
          <ul>
            {entries.map((change) => (
              <ChangeRow key={change.document.id} change={change} isUnderItsDay />
            ))}
          </ul>
        </section>
      ))}
      {hasMore && (
        <div>
          <Button onClick={() => setPerCollection((now) => Math.min(1_000, now + step))}>{say.more}</Button>
        </div>
      )}
    </Screen>
  )
}
