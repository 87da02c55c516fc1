import { useEffect } from 'react'
import { useHoodWords } from '../../messages/hood.ts'
import { go, path } from '../../paths.ts'
import { useNode } from '../../../sdk/react/index.ts'
import css from './hood.module.css'
import { readEntries } from './log-entries.ts'
import { useAnswer } from '../../data/use-answer.ts'

/** An operation named by its id alone: finds its place in its log and goes there. */
export const Operation = ({ id }: { readonly id: string }) => {
  const node = useNode()
  const t = useHoodWords()
  const answer = useAnswer(async () => (await node.inspect.entry(id)) ?? null, [node, id])
  const found = answer.value ? readEntries([answer.value])[0] : undefined
  useEffect(() => {
    if (found === undefined) return
    const { publicKey, logId, seqNum } = found.entry
    go(path.hood('log', publicKey, logId, seqNum), { replace: true })
  }, [found])
  if (answer.error === undefined && answer.value === undefined) return null
  return found === undefined ? <p className={css.quiet}>{t.logs.missing}</p> : null
}
