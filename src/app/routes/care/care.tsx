import { SquareTerminal } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'wouter'
import type { DocumentId, PublicKey } from '../../../sdk/index.ts'
import { Button } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { Heading } from '../../components/screen.tsx'
import { type CareEvent, sentenceOf } from '../../data/group-care.ts'
import { useCare } from '../../data/use-care.ts'
import { type ListedGroup, useGroup, useIsOwn } from '../../data/use-groups.ts'
import { useClaims } from '../../data/use-claims.ts'
import { type NameOf, usePeopleNames } from '../../data/use-people-names.ts'
import { whyNot } from '../../data/why-not.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { Panda } from '../../panda/panda.tsx'
import { path } from '../../paths.ts'
import { useNow } from '../../state/now.ts'
import { GroupFrame } from '../groups/group-frame.tsx'
import { NotSealed } from '../groups/not-sealed.tsx'
import css from './care.module.css'

/** How a group is cared for: who did what about members and roles, and what of it has no effect. */
export const Care = () => {
  const { group: id = '' } = useParams()
  const state = useGroup(id)
  return (
    <GroupFrame state={state} here="care">
      {(group) => (
        <>
          <NotSealed />
          <Log group={group} persons={state.persons} />
        </>
      )}
    </GroupFrame>
  )
}

const shownAtFirst = 30

const Log = ({
  group,
  persons,
}: {
  readonly group: ListedGroup
  readonly persons: ReadonlyMap<PublicKey, DocumentId>
}) => {
  const say = useGroupWords()
  const care = useCare(group, persons)
  const events = care?.events ?? []
  const nameOf = usePeopleNames(
    events.flatMap(({ who, about }) => [who, about]),
    say,
    useClaims(group.id, persons),
  )
  const [isWhole, setIsWhole] = useState(false)
  const newest = events.toReversed()
  const shown = isWhole ? newest : newest.slice(0, shownAtFirst)
  return (
    <section aria-labelledby="care" aria-busy={care === undefined}>
      <Heading id="care">{say.care.log}</Heading>
      <p className={css.quiet}>{say.care.text}</p>
      {care !== undefined && events.length === 0 && <p>{say.care.quiet}</p>}
      <ol className={css.list} reversed>
        {shown.map((event) => (
          <Line key={event.operationId} event={event} nameOf={nameOf} />
        ))}
      </ol>
      {newest.length > shown.length && (
        <Button onClick={() => setIsWhole(true)}>{say.care.showAll(newest.length)}</Button>
      )}
      <p className={css.quiet}>{say.care.local}</p>
      <a className={css.signed} href={path.hood('group', group.id)}>
        <SquareTerminal size={18} strokeWidth={1.8} aria-hidden />
        {say.hood}
      </a>
    </section>
  )
}

const Line = ({ event, nameOf }: { readonly event: CareEvent; readonly nameOf: NameOf }) => {
  const say = useGroupWords()
  const { format } = useSpeech()
  const isOwn = useIsOwn()
  const when = format.when(event.receivedAt, useNow())
  return (
    <li className={classNames(css.line, event.refusal !== undefined && css.void)}>
      <Panda of={event.who.slice(2)} size={36} />
      <div className={css.words}>
        <p dir="auto">{sentenceOf(event, say, nameOf, isOwn)}</p>
        {event.refusal !== undefined && (
          <p className={css.why}>{say.care.noEffect(whyNot(event.refusal, say, false))}</p>
        )}
        {event.isPending && <p className={css.why}>{say.care.waits}</p>}
        <p className={css.when}>{event.origin === 'import' ? say.care.imported(when) : say.care.stored(when)}</p>
      </div>
    </li>
  )
}
