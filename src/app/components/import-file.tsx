import { type ReactNode, useId, useRef, useState } from 'react'
import { type ImportReport, P2pandaError } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'
import { useSpeech } from '../messages/messages.tsx'
import { attempt } from '../state/trouble.ts'
import { Button } from './button.tsx'
import css from './import-file.module.css'
import { Sheet } from './sheet.tsx'

type Stage =
  | { readonly at: 'reading'; readonly size: number; readonly bytes: number; readonly entries: number }
  | { readonly at: 'done'; readonly report: ImportReport }

/**
 * Lets a person choose a bundle, reads it in with progress and a way to stop, and tells what came in.
 *
 * @returns `choose` opens the file chooser, on a click; `view` goes somewhere into the screen
 */
export const useImport = (onLook: () => void): { readonly choose: () => void; readonly view: ReactNode } => {
  const { t } = useSpeech()
  const node = useNode()
  const input = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController>(undefined)
  const [stage, setStage] = useState<Stage>()

  const read = async (file: File): Promise<void> => {
    const controller = new AbortController()
    stop.current = controller
    setStage({ at: 'reading', size: file.size, bytes: 0, entries: 0 })
    const report = await attempt(t, () =>
      node.import(file, {
        signal: controller.signal,
        onProgress: ({ bytes, entries }) => setStage({ at: 'reading', size: file.size, bytes, entries }),
      }),
    )
    setStage(report === undefined ? undefined : { at: 'done', report })
  }
  const view = (
    <>
      <input
        ref={input}
        type="file"
        accept=".takibi,application/octet-stream"
        hidden
        data-testid="import"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file !== undefined) void read(file)
        }}
      />
      {stage?.at === 'reading' && <Reading stage={stage} onStop={() => stop.current?.abort()} />}
      {stage?.at === 'done' && (
        <Report
          report={stage.report}
          onClose={() => setStage(undefined)}
          onLook={() => {
            setStage(undefined)
            onLook()
          }}
        />
      )}
    </>
  )
  return { choose: () => input.current?.click(), view }
}

const Reading = ({
  stage,
  onStop,
}: {
  readonly stage: Extract<Stage, { readonly at: 'reading' }>
  readonly onStop: () => void
}) => {
  const { t, format } = useSpeech()
  const say = t.you.settings.files
  const id = useId()
  return (
    <Sheet title={say.import} onClose={onStop} actions={<Button onClick={onStop}>{say.stop}</Button>}>
      <p id={id} role="status">
        {say.reading(stage.entries, format.bytes(stage.bytes))}
      </p>
      <progress className={css.bar} max={Math.max(1, stage.size)} value={stage.bytes} aria-labelledby={id} />
    </Sheet>
  )
}

const listed = 20
const reason = (failure: ImportReport['rejected'][number]['failure']): string => new P2pandaError(failure).message

const Report = ({
  report,
  onClose,
  onLook,
}: {
  readonly report: ImportReport
  readonly onClose: () => void
  readonly onLook: () => void
}) => {
  const { t } = useSpeech()
  const say = t.you.settings.files.report
  return (
    <Sheet
      title={say.title}
      onClose={onClose}
      actions={
        <Button tone="primary" onClick={onLook}>
          {say.look}
        </Button>
      }
    >
      <div className={css.report}>
        {report.isCancelled && <p>{say.cancelled}</p>}
        <p>{say.stored(report.stored)}</p>
        {report.duplicates > 0 && <p>{say.duplicates(report.duplicates)}</p>}
        {report.pending.length > 0 && <p>{say.pending(report.pending.length)}</p>}
        {report.forks.length > 0 && <p>{say.forks(report.forks.length)}</p>}
      </div>
      {report.rejectedCount > 0 && (
        <div className={css.bad}>
          <p>{say.rejected(report.rejectedCount)}</p>
          <ul>
            {report.rejected.slice(0, listed).map(({ index, failure }) => (
              <li key={index}>
                {say.item(index)}: {reason(failure)}
              </li>
            ))}
          </ul>
          {report.rejectedCount > listed && <p>{say.andMore(report.rejectedCount - listed)}</p>}
        </div>
      )}
    </Sheet>
  )
}
