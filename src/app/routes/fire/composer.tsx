import { Check, Plus, Reply, Send, X } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react'
import type { DocumentId, TalkMessage } from '../../../sdk/index.ts'
import { useDocument, useNode } from '../../../sdk/react/index.ts'
import { AsWhom } from '../../components/as-whom.tsx'
import { IconButton } from '../../components/button.tsx'
import { titleOf } from '../../data/collection.ts'
import { afterSaying, saysSomething, type TalkDraft, withoutAnswer, withoutEdit } from '../../data/talk-draft.ts'
import { useCollectionOf } from '../../data/use-collections.tsx'
import { useFireWords } from '../../messages/fire.ts'
import { useMessages } from '../../messages/messages.tsx'
import { succeeds } from '../../state/trouble.ts'
import css from './fire.module.css'
import { ShowThing } from './show-thing.tsx'

/** Longer than anybody says at once. */
const longestText = 8_000
const mostRows = 6
/** Where there are keys to press, Enter sends and Shift+Enter begins a line; on glass it begins a line. */
const keys = matchMedia('(hover: hover) and (pointer: fine)')

const fieldId = 'say-something'
/** For who is about to answer, or to edit. */
export const focusComposer = (): void => document.getElementById(fieldId)?.focus()

/** What one says: a text, what it answers, what it shows. While a message is edited, its text instead. */
export const Composer = ({
  group,
  draft,
  onChange,
  answered,
  answeredName,
  onSaid,
}: {
  readonly group: DocumentId
  readonly draft: TalkDraft
  readonly onChange: (step: (now: TalkDraft) => TalkDraft) => void
  /** The message that is answered, where it is here. */
  readonly answered: TalkMessage | undefined
  readonly answeredName: string
  readonly onSaid: () => void
}) => {
  const t = useMessages()
  const say = useFireWords()
  const { campfire } = useNode()
  const [isBusy, setIsBusy] = useState(false)
  const [isPicking, setIsPicking] = useState(false)
  const { edit } = draft
  const text = edit === undefined ? draft.text : edit.text
  const maySend = saysSomething(draft) && !isBusy

  const put = (typed: string): void =>
    onChange((now) =>
      now.edit === undefined ? { ...now, text: typed } : { ...now, edit: { ...now.edit, text: typed } },
    )
  const endEdit = (): void => onChange(withoutEdit)
  const endAnswer = (): void => onChange(withoutAnswer)
  const publish = async (): Promise<boolean> => {
    if (edit !== undefined) {
      if (!(await succeeds(t, () => campfire.edit(edit.message, edit.text.trim())))) return false
      endEdit()
      return true
    }
    const { answers, things } = draft
    const saying = { text: draft.text.trim(), things, ...(answers !== undefined && { replyTo: [answers] }) }
    if (!(await succeeds(t, () => campfire.send(group, saying)))) return false
    onChange((now) => afterSaying(draft, now))
    onSaid()
    return true
  }
  const send = async (): Promise<void> => {
    if (!maySend) return
    setIsBusy(true)
    await publish()
    setIsBusy(false)
    focusComposer()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && edit !== undefined) endEdit()
    else if (event.key === 'Escape' && draft.answers !== undefined) endAnswer()
    else if (event.key === 'Enter' && !event.shiftKey && (keys.matches || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void send()
    }
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void send()
  }
  return (
    <form className={css.composer} data-composes onSubmit={onSubmit} aria-label={say.compose.label}>
      <AsWhom />
      {edit === undefined ? (
        <>
          {draft.answers !== undefined && (
            <Beside
              icon={<Reply size={18} aria-hidden />}
              title={answered === undefined ? say.gone : say.compose.answering(answeredName)}
              text={answered?.text ?? ''}
              end={say.compose.noAnswer}
              onEnd={endAnswer}
            />
          )}
          {draft.things.map((thing) => (
            <Shown
              key={thing}
              id={thing}
              onLeaveOut={() => onChange((now) => ({ ...now, things: now.things.filter((one) => one !== thing) }))}
            />
          ))}
        </>
      ) : (
        <Beside title={say.compose.editing} text="" end={say.compose.noEdit} onEnd={endEdit} />
      )}
      <div className={css.entry}>
        {edit === undefined && (
          <IconButton label={say.thing.show} aria-haspopup="dialog" onClick={() => setIsPicking(true)}>
            <Plus size={24} aria-hidden />
          </IconButton>
        )}
        <textarea
          id={fieldId}
          className={css.field}
          dir="auto"
          rows={Math.min(mostRows, text.split('\n').length)}
          maxLength={longestText}
          aria-label={edit === undefined ? say.compose.label : say.compose.editing}
          placeholder={edit === undefined ? say.compose.label : undefined}
          enterKeyHint={keys.matches ? 'send' : 'enter'}
          value={text}
          onChange={({ target }) => put(target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className={css.send}
          aria-label={edit === undefined ? say.compose.send : say.compose.keep}
          title={edit === undefined ? say.compose.send : say.compose.keep}
          aria-disabled={!maySend}
        >
          {edit === undefined ? (
            <Send className="directional" size={21} aria-hidden />
          ) : (
            <Check size={22} aria-hidden />
          )}
        </button>
      </div>
      <p className={css.notSealed}>{say.notSealed}</p>
      {isPicking && (
        <ShowThing
          onPick={(thing) => {
            onChange((now) => ({ ...now, things: [...now.things.filter((one) => one !== thing), thing] }))
            setIsPicking(false)
          }}
          onClose={() => setIsPicking(false)}
        />
      )}
    </form>
  )
}

/** What goes with the text, over it, and how to leave it out. */
const Beside = ({
  icon,
  title,
  text,
  end,
  onEnd,
}: {
  readonly icon?: ReactNode
  readonly title: string
  readonly text: string
  readonly end: string
  readonly onEnd: () => void
}) => (
  <div className={css.beside}>
    {icon}
    <p className={css.besideWords}>
      <bdi className={css.name}>{title}</bdi>
      {text !== '' && (
        <span className={css.quoted} dir="auto">
          {text}
        </span>
      )}
    </p>
    <IconButton label={end} onClick={onEnd}>
      <X size={20} aria-hidden />
    </IconButton>
  </div>
)

/** A thing that goes with the text; says so where the others would not see it. */
const Shown = ({ id, onLeaveOut }: { readonly id: DocumentId; readonly onLeaveOut: () => void }) => {
  const say = useFireWords()
  const { document } = useDocument(id)
  const collection = useCollectionOf(document)
  const name =
    document === undefined || collection === undefined
      ? say.thing.none
      : titleOf(collection, document) || say.thing.unnamed
  return (
    <Beside
      title={name}
      text={document === undefined || document.mark === 'shared' ? '' : say.thing.onlyHere}
      end={say.thing.leaveOut(name)}
      onEnd={onLeaveOut}
    />
  )
}
