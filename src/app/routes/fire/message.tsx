import { Copy, Pencil, Reply, Undo2 } from 'lucide-react'
import { memo } from 'react'
import type { DocumentId, TalkMessage } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { classNames } from '../../components/class-names.ts'
import { Menu, type MenuItem } from '../../components/menu.tsx'
import { removeWithUndo } from '../../data/removal.ts'
import { ownReaction } from '../../data/talk-rows.ts'
import { textParts } from '../../data/text-parts.ts'
import type { Where } from '../../data/where-said.ts'
import { useFireWords } from '../../messages/fire.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { Panda } from '../../panda/panda.tsx'
import { useNow } from '../../state/now.ts'
import { toast } from '../../state/toasts.ts'
import { attempt, succeeds } from '../../state/trouble.ts'
import css from './fire.module.css'
import { Sign, signName, signs } from './signs.tsx'
import type { Talkers } from './talkers.ts'
import { ThingCard } from './thing-card.tsx'
import { messageId } from './use-go-to.ts'
import { WhereSaid } from './where-said.tsx'

/** What a message needs of the talk around it. */
export interface Around {
  readonly group: DocumentId
  readonly talkers: Talkers
  readonly byId: ReadonlyMap<DocumentId, TalkMessage>
  /** Whether one may say something here at all. */
  readonly mayTalk: boolean
  /** Whether one may remove what others said. */
  readonly mayRemove: boolean
  readonly onGoTo: (message: DocumentId) => void
  readonly onAnswer: (message: DocumentId) => void
  readonly onEdit: (message: TalkMessage) => void
}

const beginning = 60
/** The beginning of a text, in one line. */
const beginningOf = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= beginning ? line : `${line.slice(0, beginning).trimEnd()}…`
}

const useSaidAt = ({ sentAt }: TalkMessage): { readonly short: string; readonly long: string } => {
  const say = useFireWords()
  const { format } = useSpeech()
  const now = useNow()
  const at = sentAt * 1000
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  return {
    short: isToday ? format.time(at) : say.at(format.day(at, now), format.time(at)),
    long: format.dateTime(at),
  }
}

/** One message: who, when, what it answers, what it says and shows, the signs left under it, and where it is by now. */
export const Message = memo(
  ({
    message,
    isGoingOn,
    around,
    where,
  }: {
    readonly message: TalkMessage
    readonly isGoingOn: boolean
    readonly around: Around
    /** Of one's own. */
    readonly where: Where | undefined
  }) => {
    const say = useFireWords()
    const { talkers } = around
    const isOwn = talkers.isOwn(message.publicKey)
    const name = talkers.nameOf(message.publicKey)
    const at = useSaidAt(message)
    return (
      <li className={classNames(css.line, isOwn && css.own, isGoingOn && css.goesOn)}>
        {!isOwn && (
          <span className={css.face}>{!isGoingOn && <Panda of={talkers.faceOf(message.publicKey)} size={40} />}</span>
        )}
        <article id={messageId(message.id)} className={css.said} aria-label={say.message(name, at.short)} tabIndex={-1}>
          <p className={isGoingOn ? 'visually-hidden' : css.by}>
            <bdi className={isOwn ? 'visually-hidden' : css.name}>{name}</bdi>
            <time title={at.long} dateTime={new Date(message.sentAt * 1000).toISOString()}>
              {at.short}
            </time>
          </p>
          <div className={css.row}>
            <div className={classNames(css.bubble, where?.isOnlyHere === true && css.onlyHere)}>
              {message.replyTo.map((answered) => (
                <Quote key={answered} id={answered} around={around} />
              ))}
              {message.text !== '' && <SaidText text={message.text} />}
              {message.things.map((thing) => (
                <ThingCard key={thing} id={thing} />
              ))}
              {message.isEdited && <span className={css.edited}>{say.edited}</span>}
            </div>
            <MessageMenu message={message} isOwn={isOwn} around={around} />
          </div>
          <Reactions message={message} around={around} />
          {where?.isSaidBelow === false && <WhereSaid where={where} />}
        </article>
      </li>
    )
  },
)

const SaidText = ({ text }: { readonly text: string }) => (
  <p className={css.text} dir="auto">
    {textParts(text).map((part, at) =>
      part.href === undefined ? (
        part.text
      ) : (
        // The place of a part in its text is what it is.
        <a key={`${at} ${part.href}`} href={part.href} target="_blank" rel="noreferrer">
          {part.text}
        </a>
      ),
    )}
  </p>
)

/** What a message answers, in a line; leads there. */
const Quote = ({ id, around }: { readonly id: DocumentId; readonly around: Around }) => {
  const say = useFireWords()
  const answered = around.byId.get(id)
  if (answered === undefined) return <p className={css.quote}>{say.gone}</p>
  const name = around.talkers.nameOf(answered.publicKey)
  return (
    <button type="button" className={css.quote} onClick={() => around.onGoTo(id)}>
      <span className="visually-hidden">{say.quoted(name)}</span>
      <bdi className={css.name} aria-hidden>
        {name}
      </bdi>
      <span className={css.quoted} dir="auto">
        {beginningOf(answered.text)}
      </span>
    </button>
  )
}

/** Leaves a sign under a message, or takes one's own back. */
const useSigning = ({ group, talkers }: Around, message: TalkMessage): ((sign: string) => void) => {
  const { t } = useSpeech()
  const { campfire } = useNode()
  return (sign) => {
    const own = ownReaction(message, sign, talkers.isOwn)
    void attempt(t, () => (own === undefined ? campfire.react(group, message.id, sign) : campfire.takeBack(own)))
  }
}

const Reactions = ({ message, around }: { readonly message: TalkMessage; readonly around: Around }) => {
  const say = useFireWords()
  const { format } = useSpeech()
  const leave = useSigning(around, message)
  if (message.reactions.length === 0) return null
  return (
    <ul className={css.signs}>
      {message.reactions.map(({ emoji, by }) => (
        <li key={emoji}>
          <button
            type="button"
            className={css.sign}
            aria-pressed={by.some(({ publicKey }) => around.talkers.isOwn(publicKey))}
            aria-label={say.sign(
              signName(emoji, say),
              by.map(({ publicKey }) => around.talkers.nameOf(publicKey)),
            )}
            aria-disabled={!around.mayTalk}
            onClick={() => around.mayTalk && leave(emoji)}
          >
            <Sign sign={emoji} size={17} />
            {format.number(by.length)}
          </button>
        </li>
      ))}
    </ul>
  )
}

const MessageMenu = ({
  message,
  isOwn,
  around,
}: {
  readonly message: TalkMessage
  readonly isOwn: boolean
  readonly around: Around
}) => {
  const say = useFireWords()
  const { t } = useSpeech()
  const node = useNode()
  const leave = useSigning(around, message)
  const { id, text } = message
  const copy = async (): Promise<void> => {
    if (await succeeds(t, () => navigator.clipboard.writeText(text))) toast(say.copied)
  }
  const signItems = signs.map((sign): MenuItem => ({
    label: signName(sign, say),
    icon: <Sign sign={sign} size={20} />,
    isSmall: true,
    onChoose: () => leave(sign),
  }))
  const items: readonly MenuItem[] = [
    ...(around.mayTalk ? signItems : []),
    ...(around.mayTalk
      ? [{ label: say.answer, icon: <Reply size={20} aria-hidden />, onChoose: () => around.onAnswer(id) }]
      : []),
    ...(isOwn && around.mayTalk
      ? [{ label: say.edit, icon: <Pencil size={20} aria-hidden />, onChoose: () => around.onEdit(message) }]
      : []),
    ...(text === '' ? [] : [{ label: say.copy, icon: <Copy size={20} aria-hidden />, onChoose: () => void copy() }]),
    ...((isOwn && around.mayTalk) || around.mayRemove
      ? [
          {
            label: isOwn ? say.takeBack : say.remove,
            icon: <Undo2 size={20} aria-hidden />,
            isDangerous: true,
            onChoose: () => removeWithUndo(node, id, beginningOf(text), t),
          },
        ]
      : []),
  ]
  if (items.length === 0) return null
  return <Menu label={say.more(beginningOf(text))} items={items} className={css.more ?? ''} />
}
