import type { DocumentId } from '../../sdk/index.ts'

/** What somebody is about to say in a group. */
export interface TalkDraft {
  readonly text: string
  /** What it answers. */
  readonly answers?: DocumentId
  /** Things it shows. */
  readonly things: readonly DocumentId[]
  /** While a message is edited: which, and its text so far. What was to be said stays as it is beside it. */
  readonly edit?: { readonly message: DocumentId; readonly text: string }
}

export const noTalkDraft: TalkDraft = { text: '', things: [] }

const isText = (value: unknown): value is string => typeof value === 'string'
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const isId = (value: unknown): value is DocumentId => isText(value) && /^[0-9a-f]{68}$/.test(value)

/** A draft as it was kept; what is not one, or not any more, is left out. */
export const readTalkDraft = (kept: string | null): TalkDraft => {
  let given: unknown
  try {
    given = JSON.parse(kept ?? 'null')
  } catch {
    return noTalkDraft
  }
  if (!isRecord(given)) return noTalkDraft
  const { text, answers, things, edit } = given
  return {
    text: isText(text) ? text : '',
    ...(isId(answers) && { answers }),
    things: Array.isArray(things) ? things.filter(isId) : [],
    ...(isRecord(edit) &&
      isId(edit['message']) &&
      isText(edit['text']) && { edit: { message: edit['message'], text: edit['text'] } }),
  }
}

/** As it is kept; `undefined`: there is nothing to keep. */
export const writeTalkDraft = (draft: TalkDraft): string | undefined =>
  draft.text === '' && draft.answers === undefined && draft.things.length === 0 && draft.edit === undefined
    ? undefined
    : JSON.stringify(draft)

/** What was to be said before a message was edited. */
export const withoutEdit = ({ text, answers, things }: TalkDraft): TalkDraft => ({
  text,
  ...(answers !== undefined && { answers }),
  things,
})
/** The same, as an answer to nothing. */
export const withoutAnswer = ({ text, things, edit }: TalkDraft): TalkDraft => ({
  text,
  things,
  ...(edit !== undefined && { edit }),
})

/** What there is to say: words, or at least something to show. */
export const saysSomething = ({ text, things, edit }: TalkDraft): boolean =>
  edit === undefined ? text.trim() !== '' || things.length > 0 : edit.text.trim() !== ''

/** What is left of a draft once it was said: what was typed on meanwhile. */
export const afterSaying = (said: TalkDraft, now: TalkDraft): TalkDraft => ({
  text: now.text.startsWith(said.text) ? now.text.slice(said.text.length).trimStart() : now.text,
  things: now.things.filter((thing) => !said.things.includes(thing)),
})
