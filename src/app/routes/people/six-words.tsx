import type { DocumentId } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { SpokenWords } from '../../components/spoken-words.tsx'
import { useAnswer } from '../../data/use-answer.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { usePersonWords } from '../../messages/person.ts'
import css from './people.module.css'

/** The six words of somebody, to be compared aloud. A bare key has none. */
export const SixWords = ({
  person,
  isOwn = false,
}: {
  readonly person: DocumentId | undefined
  readonly isOwn?: boolean
}) => {
  const own = usePersonWords().six
  const say = useGroupWords().sheet
  const node = useNode()
  const { value: words = [] } = useAnswer(
    async () => (person === undefined ? [] : await node.identity.fingerprint(person)),
    [node, person],
  )
  if (person === undefined) return <p className={css.note}>{say.bareKey}</p>
  return (
    <section className={css.part} aria-label={say.six} aria-busy={words.length === 0}>
      <h3>{say.six}</h3>
      <SpokenWords words={words} count="six" />
      <p className={css.note}>{isOwn ? own.text : say.sixText}</p>
    </section>
  )
}
