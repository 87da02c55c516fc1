import type { Subject } from '../../../sdk/index.ts'
import { Chip } from '../../components/chip.tsx'
import { Heading } from '../../components/screen.tsx'
import { type CareEvent, sentenceOf } from '../../data/group-care.ts'
import { useCare } from '../../data/use-care.ts'
import { type ListedGroup, useGroup, useIsOwn } from '../../data/use-groups.ts'
import { usePeopleNames } from '../../data/use-people-names.ts'
import { whyNot } from '../../data/why-not.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { path } from '../../paths.ts'
import { LevelGraph } from './group-graph.tsx'
import css from './hood.module.css'
import { shortId } from './operation-text.ts'

/** How far from the founder somebody stands who may authorise for everything; `undefined`: nowhere. */
const levelOf = ({ summary }: ListedGroup, subject: Subject): number | undefined =>
  summary.levels.find((one) => one.subject === subject && one.range === '*')?.level

/** Who may do what in a group, as it follows: its control operations by level, and which of them count. */
export const GroupUnderHood = ({ id }: { readonly id: string }) => {
  const say = useGroupWords()
  const { status, group, persons } = useGroup(id)
  const care = useCare(group, persons)
  const events = care?.events ?? []
  const nameOf = usePeopleNames(
    events.flatMap(({ who, about }) => [who, about]),
    say,
  )
  const isOwn = useIsOwn()
  if (group === undefined) return status === 'ready' ? <p role="status">{say.notHere}</p> : null
  const levelIn = ({ who }: CareEvent): number | undefined => levelOf(group, who)
  return (
    <>
      <section className={css['card']} aria-label={say.under.title(group.card.name)}>
        <header className={css['cardHead']}>
          <h2 className={css['cardTitle']} dir="auto">
            {say.under.title(group.card.name)}
          </h2>
          <code className={css['code']} title={id}>
            {shortId(id)}
          </code>
        </header>
        <p className={css['quiet']}>{say.under.text}</p>
        {group.summary.founder === undefined && <p>{say.under.inert}</p>}
        <LevelGraph events={events} levelOf={levelIn} />
        {care !== undefined && <p className={css['quiet']}>{say.under.closure(care.documents)}</p>}
      </section>
      <section>
        <Heading>{say.under.graph}</Heading>
        <div className={css['tableFrame']} tabIndex={0} role="region" aria-label={say.under.graph}>
          <table className={css['table']}>
            <thead>
              <tr>
                <th scope="col">{say.under.columns.order}</th>
                <th scope="col">{say.under.columns.operation}</th>
                <th scope="col">{say.under.columns.said}</th>
                <th scope="col">{say.under.columns.level}</th>
                <th scope="col">{say.under.columns.counts}</th>
              </tr>
            </thead>
            <tbody>
              {events.map((event, at) => (
                <tr key={event.operationId}>
                  <td className={css['number']}>{at + 1}</td>
                  <td>
                    <a href={path.hood('op', event.operationId)}>
                      <code>{shortId(event.operationId)}</code>
                    </a>
                  </td>
                  <td dir="auto">{sentenceOf(event, say, nameOf, isOwn)}</td>
                  <td className={css['number']}>{levelIn(event) ?? say.under.noLevel}</td>
                  <td>
                    {event.refusal === undefined ? (
                      <Chip tone="leaf">{say.under.live}</Chip>
                    ) : (
                      <>
                        <Chip tone="berry">{say.under.void}</Chip> {whyNot(event.refusal, say, false)}
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  )
}
