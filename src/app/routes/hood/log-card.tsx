import { ShieldCheck } from 'lucide-react'
import { Chip } from '../../components/chip.tsx'
import { useHoodWords } from '../../messages/hood.ts'
import { certificatePool, linkPath } from '../../../sdk/core.ts'
import type { LogInfo } from '../../../sdk/index.ts'
import css from './hood.module.css'
import type { ReadEntry } from './log-entries.ts'
import { LogStrip } from './log-strip.tsx'
import { shortId } from './operation-text.ts'

/** One log as a strip of entries with its links, and in words what proves the chosen entry. */
export const LogCard = ({
  log,
  entries,
  chosen,
}: {
  readonly log: LogInfo
  readonly entries: readonly ReadEntry[]
  readonly chosen: bigint | undefined
}) => {
  const t = useHoodWords().logs
  const dropped = entries.filter(({ operationBytes }) => operationBytes === null)
  return (
    <section className={css.card} aria-label={t.log(String(log.logId))}>
      <header className={css.cardHead}>
        <h2 className={css.cardTitle}>{t.log(String(log.logId))}</h2>
        <code className={css.code}>ed25519 {shortId(log.publicKey)}</code>
        <span className={css.end}>
          <Chip tone="leaf">
            <ShieldCheck size={16} aria-hidden /> {t.stored(entries.length)}
          </Chip>
        </span>
      </header>
      <LogStrip log={log} entries={entries} chosen={chosen} />
      {chosen !== undefined && <Proof chosen={chosen} height={log.seqNum} />}
      {dropped.length > 0 && <p>{t.dropped(dropped.map(({ entry }) => String(entry.seqNum)))}</p>}
    </section>
  )
}

const Proof = ({ chosen, height }: { readonly chosen: bigint; readonly height: bigint }) => {
  const t = useHoodWords().logs
  if (chosen === 1n) return <p>{t.first}</p>
  const others = linkPath(chosen, 1n).slice(1)
  const pool = certificatePool(chosen, height)
  return (
    <div>
      <p>{t.path(String(chosen), others.map(String))}</p>
      <p className={css.quiet}>{t.pool(String(chosen), pool.map(String))}</p>
    </div>
  )
}
