import { SquareTerminal } from 'lucide-react'
import { Fragment, useMemo, useState } from 'react'
import type { Change } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { Heading } from '../../components/screen.tsx'
import type { Field } from '../../data/field-kind.ts'
import { useMessages, useSpeech } from '../../messages/messages.tsx'
import { useOwnFace } from '../../panda/own-panda.tsx'
import { Panda } from '../../panda/panda.tsx'
import { path } from '../../paths.ts'
import { useNow } from '../../state/now.ts'
import css from './history.module.css'
import { sentenceOf } from './sentences.ts'
import { unseenOf } from './versions.ts'

const shownAtFirst = 20

/** What was done to a thing, the newest first, in sentences. "When" is when this device stored it: operations carry no time. */
export const HistoryList = ({
  id,
  changes,
  fields,
  at,
}: {
  readonly id: string
  readonly changes: readonly Change[]
  readonly fields: readonly Field[]
  readonly at: string | undefined
}) => {
  const t = useMessages()
  const say = t.thing.history
  const [isWhole, setIsWhole] = useState(false)
  const unseen = useMemo(() => unseenOf(changes), [changes])
  const newest = useMemo(() => changes.toReversed(), [changes])
  const shown = isWhole ? newest : newest.slice(0, shownAtFirst)
  return (
    <section className={css.history} aria-labelledby="history">
      <Heading id="history">{say.title}</Heading>
      <ol className={css.list} reversed>
        {shown.map((change, index) => (
          <Line
            key={change.operationId}
            id={id}
            change={change}
            fields={fields}
            isNow={index === 0}
            isShown={at === change.viewId}
            isUnseen={unseen.has(change.operationId)}
          />
        ))}
      </ol>
      {newest.length > shown.length && <Button onClick={() => setIsWhole(true)}>{say.showAll(newest.length)}</Button>}
      <p className={css.local}>{say.local}</p>
      <a className={css.signed} href={path.hood('doc', id)}>
        <SquareTerminal size={18} strokeWidth={1.8} aria-hidden />
        {say.operations}
      </a>
    </section>
  )
}

const Line = ({
  id,
  change,
  fields,
  isNow,
  isShown,
  isUnseen,
}: {
  readonly id: string
  readonly change: Change
  readonly fields: readonly Field[]
  readonly isNow: boolean
  readonly isShown: boolean
  readonly isUnseen: boolean
}) => {
  const { t, format } = useSpeech()
  const say = t.thing.history
  const node = useNode()
  const now = useNow()
  const ownFace = useOwnFace()
  const isOwn = change.publicKey === node.publicKey
  const who = isOwn ? say.you : say.other
  const when = format.when(change.receivedAt, now)
  const notes = [
    change.origin === 'import' ? say.imported(when) : say.stored(when),
    ...(isUnseen ? [say.unseen] : []),
    ...(change.isPending ? [say.pending] : []),
  ]
  return (
    <li className={classNames(css.line, isUnseen && css.apart, isShown && css.shown)}>
      <span className={css.panda}>
        <Panda of={(isOwn ? ownFace : undefined) ?? change.publicKey} size={32} />
      </span>
      <div className={css.words}>
        <p>
          <strong>{who}</strong>
          {say.afterWho}
          {sentenceOf(change, fields, format, t).map((piece, index) =>
            piece.isStrong === true ? (
              // A sentence's pieces keep their places.
              <strong key={index} dir="auto">
                {piece.text}
              </strong>
            ) : (
              <Fragment key={index}>{piece.text}</Fragment>
            ),
          )}
        </p>
        <p className={css.when}>
          {notes.join(', ')}
          {!isNow && !change.isPending && change.action !== 'delete' && (
            <>
              {' · '}
              <a href={path.thing(id, change.viewId)} aria-current={isShown ? 'true' : undefined}>
                {say.asItWas}
              </a>
            </>
          )}
        </p>
      </div>
    </li>
  )
}
