import { useEffect, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { SpokenWords } from '../../components/spoken-words.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { usePersonWords } from '../../messages/person.ts'
import { attempt } from '../../state/trouble.ts'
import css from './you.module.css'

/** The six words by which others make sure whom they have before them. */
export const SixWords = ({ person }: { readonly person: string }) => {
  const t = useMessages()
  const say = usePersonWords().six
  const node = useNode()
  const [words, setWords] = useState<readonly string[]>([])
  useEffect(() => {
    const ask = async (): Promise<void> => setWords((await attempt(t, () => node.identity.fingerprint(person))) ?? [])
    void ask()
  }, [t, node, person])
  return (
    <section className={css.card} aria-label={say.title} aria-busy={words.length === 0}>
      <h2>{say.title}</h2>
      <SpokenWords words={words} count="six" />
      <p className={css.note}>{say.text}</p>
    </section>
  )
}
