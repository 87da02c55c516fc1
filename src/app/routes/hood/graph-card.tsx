import { GitFork } from 'lucide-react'
import { useHoodWords } from '../../messages/hood.ts'
import { path } from '../../paths.ts'
import { useHistory } from '../../../sdk/react/index.ts'
import { Graph } from './graph.tsx'
import { tipsOf } from './graph-layout.ts'
import css from './hood.module.css'

/** The operation graph of the document that the shown entry writes to. */
export const GraphCard = ({
  documentId,
  chosen,
}: {
  readonly documentId: string
  readonly chosen?: string | undefined
}) => {
  const t = useHoodWords().documents
  const { changes } = useHistory(documentId)
  if (changes.length === 0) return null
  return (
    <section className={css['card']} aria-label={t.graph}>
      <header className={css['cardHead']}>
        <GitFork size={20} aria-hidden />
        <h2 className={css['cardTitle']}>
          <a href={path.hood('doc', documentId)}>{t.graph}</a>
        </h2>
      </header>
      <Graph changes={changes} chosen={chosen} />
      <p className={css['quiet']}>{t.tips(tipsOf(changes).size)}</p>
    </section>
  )
}
