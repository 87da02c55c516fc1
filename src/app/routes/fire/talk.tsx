import { ArrowDown } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { DocumentId, News, PublicKey } from '../../../sdk/index.ts'
import { useTalk } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { useClaims } from '../../data/use-claims.ts'
import { useLeaving } from '../../data/removal.ts'
import { withoutEdit } from '../../data/talk-draft.ts'
import { foundIn, talkRows } from '../../data/talk-rows.ts'
import type { ListedGroup } from '../../data/use-groups.ts'
import { whyNot } from '../../data/why-not.ts'
import { useFireWords } from '../../messages/fire.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useMessages } from '../../messages/messages.tsx'
import { sentenceFor } from '../../state/trouble.ts'
import { Composer, focusComposer } from './composer.tsx'
import css from './fire.module.css'
import { TalkScene } from './fire-scene.tsx'
import type { Around } from './message.tsx'
import { TalkLog } from './talk-log.tsx'
import { TalkSearch } from './talk-search.tsx'
import { useTalkers } from './talkers.ts'
import { useEnd } from './use-end.ts'
import { useGoTo } from './use-go-to.ts'
import { useInSight } from './use-in-sight.ts'
import { useMarkSeen } from './use-mark-seen.ts'
import { useMay } from './use-may.ts'
import { useTalkDraft } from './use-talk-draft.ts'
import { useWhere } from './use-where.ts'

/** So many messages are drawn at first, and with each look further up. */
const step = 60
/** What stands over the talk in any case: the title of a phone, and a strip of the fire. */
const underTheBar = '-120px 0px 0px'

/** The talk of a group: the fire, what was said, and where one says something. */
export const Talk = ({
  group,
  persons,
  looksFor,
  onLookFor,
}: {
  readonly group: ListedGroup
  readonly persons: ReadonlyMap<PublicKey, DocumentId>
  readonly looksFor: string | undefined
  readonly onLookFor: (text: string | undefined) => void
}) => {
  const t = useMessages()
  const say = useFireWords()
  const groupWords = useGroupWords()
  const { status, error, messages: all, news } = useTalk(group.id)
  const leaving = useLeaving(({ ids }) => ids)
  const messages = useMemo(() => all.filter(({ id }) => !leaving.has(id)), [all, leaving])
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages])
  const { whole, mark, isInSight, goThere, leave } = useEnd()
  const [start, isStartInSight] = useInSight(underTheBar)
  const goTo = useGoTo(leave)
  const isAny = messages.length > 0
  const [atMost, setAtMost] = useState(step)
  const reach = useCallback(
    (id: DocumentId): void => {
      const at = messages.findIndex((message) => message.id === id)
      setAtMost((most) => Math.max(most, messages.length - at + step / 2))
    },
    [messages],
  )
  // What was new when somebody came stays marked; what is said while one looks on is seen anyway.
  const [came, setCame] = useState<News>()
  if (status === 'ready' && came === undefined) {
    setCame(news)
    if (news.first !== undefined) reach(news.first)
  }
  useEffect(() => {
    if (came === undefined) return
    if (came.first !== undefined) goTo(came.first, false)
    else if (isAny) goThere()
  }, [came, isAny, goThere, goTo])
  useMarkSeen(
    group.id,
    came !== undefined && isInSight,
    messages.reduce((newest, { arrivedAt }) => Math.max(newest, arrivedAt), 0),
  )

  const claims = useClaims(group.id, persons)
  const talkers = useTalkers(claims, persons, messages)
  const may = useMay(group)
  const [draft, change] = useTalkDraft(group.id)
  const onGoTo = useCallback(
    (id: DocumentId): void => {
      onLookFor(undefined)
      reach(id)
      goTo(id)
    },
    [onLookFor, reach, goTo],
  )
  const around = useMemo(
    (): Around => ({
      group: group.id,
      talkers,
      byId,
      mayTalk: may !== undefined && may.refusal === undefined,
      mayRemove: may?.mayRemove === true,
      onGoTo,
      onAnswer: (id) => {
        change((now) => ({ ...withoutEdit(now), answers: id }))
        focusComposer()
      },
      onEdit: ({ id, text }) => {
        change((now) => ({ ...now, edit: { message: id, text } }))
        focusComposer()
      },
    }),
    [group.id, talkers, byId, may, onGoTo, change],
  )
  const isLooking = looksFor !== undefined && looksFor.trim() !== ''
  const shown = useMemo(
    () => (isLooking ? foundIn(messages, looksFor) : messages.slice(-atMost)),
    [isLooking, looksFor, messages, atMost],
  )
  const answered = draft.answers === undefined ? undefined : byId.get(draft.answers)
  return (
    <div ref={whole} className={css.fire}>
      <div ref={start} className={css.start} />
      <TalkScene
        group={group}
        persons={persons}
        claims={claims}
        isStrip={!isInSight && !isStartInSight}
        unread={came?.unread ?? 0}
        onShowNew={() => came?.first !== undefined && onGoTo(came.first)}
      />
      {looksFor !== undefined && (
        <TalkSearch text={looksFor} found={isLooking ? shown.length : undefined} onLookFor={onLookFor} />
      )}
      {status === 'failed' && <p role="alert">{sentenceFor(error, t)}</p>}
      <TalkLog
        rows={talkRows(shown, { first: came?.first, late: news.late })}
        around={around}
        where={useWhere(shown, talkers)}
        isEmpty={came !== undefined && !isAny}
        onEarlier={!isLooking && messages.length > atMost ? () => setAtMost((most) => most + step) : undefined}
      />
      <div ref={mark} className={css.end} />
      <div className={css.foot}>
        {!isInSight && (
          <Button className={css.newest ?? ''} icon={<ArrowDown size={18} aria-hidden />} onClick={goThere}>
            {say.newest}
          </Button>
        )}
        {may?.refusal !== undefined && <p className={css.quiet}>{whyNot(may.refusal, groupWords, true)}</p>}
        {around.mayTalk && (
          <Composer
            group={group.id}
            draft={draft}
            onChange={change}
            answered={answered}
            answeredName={answered === undefined ? '' : talkers.nameOf(answered.publicKey)}
            onSaid={goThere}
          />
        )}
      </div>
    </div>
  )
}
