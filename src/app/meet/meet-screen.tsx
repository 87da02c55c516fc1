import { Camera, FileOutput, QrCode } from 'lucide-react'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import type { Meet, MeetState } from '../../sdk/meet.ts'
import { Button, ButtonLink } from '../components/button.tsx'
import { Screen } from '../components/screen.tsx'
import { useMessages } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { SendCode, TakeCode } from './by-text.tsx'
import css from './meet.module.css'
import { OtherCode } from './other-code.tsx'
import { OwnCode } from './own-code.tsx'
import { useCamera } from './use-camera.ts'

/** What is said of a failure, by its code. */
export type SayFailure = (failure: { readonly code: string }) => string

export const useMeetFailure = (): SayFailure => {
  const { failures, state } = useMessages().meet
  return ({ code }) => (failures as Readonly<Record<string, string>>)[code] ?? state.failed
}

/** What the screen says where it is not about people who meet. */
export interface MeetWords {
  readonly title: string
  readonly subtitle: string
  readonly text: string
  readonly why: string
  readonly privacy: string
}

interface MeetProps {
  /** Makes the meeting (`Meetings`); called once, after the question for the camera. */
  readonly begin: () => Meet
  /** The other's, when this was opened by its link. */
  readonly code?: string | undefined
  readonly back?: string
  readonly words?: MeetWords
  readonly sayFailure?: SayFailure
  /** What stands there once both are connected, in place of what is said of a meeting. */
  readonly renderAfterwards?: (again: () => void) => ReactNode
}

/**
 * Two devices meet: each shows its code and takes the other's, in any order.
 *
 * The camera is asked for before the connection is made, because browsers tell a page its addresses only then, or with a way to the internet.
 */
export const MeetScreen = ({ begin, code, back = path.home(), words, sayFailure, renderAfterwards }: MeetProps) => {
  const say = useMessages().meet
  const { title, subtitle, text, why, privacy } = words ?? { ...say, ...say.begin, ...say.own }
  const camera = useCamera()
  const [meet, setMeet] = useState<Meet>()
  const [isAsking, setIsAsking] = useState(false)
  const [hasCamera, setHasCamera] = useState(false)
  useEffect(() => () => meet?.close(), [meet])

  const start = async (withCamera: boolean): Promise<void> => {
    setIsAsking(true)
    setHasCamera(withCamera)
    if (withCamera) await camera.ask()
    const started = begin()
    if (code !== undefined) started.take(code)
    setMeet(started)
  }
  const again = async (): Promise<void> => {
    // It was let go when the last attempt was over.
    if (hasCamera) await camera.ask()
    meet?.again()
  }
  return (
    <Screen title={title} subtitle={subtitle} back={back} width="narrow">
      {meet ? (
        <Meeting
          meet={meet}
          camera={camera}
          onAgain={() => void again()}
          sayFailure={sayFailure}
          renderAfterwards={renderAfterwards}
        />
      ) : (
        <section className={css.card}>
          <p>{text}</p>
          <p className={css.quiet}>{why}</p>
          <p className={css.quiet}>{privacy}</p>
          <div className={css.actions}>
            <Button
              tone="primary"
              isLarge
              disabled={isAsking}
              icon={<Camera size={20} aria-hidden />}
              onClick={() => void start(true)}
            >
              {say.begin.camera}
            </Button>
            <Button isLarge disabled={isAsking} onClick={() => void start(false)}>
              {say.begin.without}
            </Button>
          </div>
        </section>
      )}
    </Screen>
  )
}

/** Nothing more comes of this attempt. */
const isLast = ({ step }: MeetState): boolean =>
  step === 'met' || step === 'ended' || step === 'apart' || step === 'failed'

const Meeting = ({
  meet,
  camera,
  onAgain,
  sayFailure,
  renderAfterwards,
}: {
  readonly meet: Meet
  readonly camera: ReturnType<typeof useCamera>
  readonly onAgain: () => void
  readonly sayFailure: SayFailure | undefined
  readonly renderAfterwards: MeetProps['renderAfterwards'] | undefined
}) => {
  const say = useMessages().meet
  const state = useSyncExternalStore(meet.subscribe, meet.getState)
  const meetFailure = useMeetFailure()
  const failure = sayFailure ?? meetFailure
  const { letGo } = camera
  const isOver = isLast(state)
  // Not before: some browsers tell addresses only while the camera runs.
  useEffect(() => {
    if (isOver) letGo()
  }, [isOver, letGo])
  const take = (found: string): string | undefined => {
    const taken = meet.take(found)
    return taken.ok ? undefined : failure(taken.error)
  }
  if (renderAfterwards && (state.step === 'met' || state.step === 'ended')) return renderAfterwards(onAgain)
  return (
    <>
      <Progress state={state} onAgain={onAgain} failure={failure} />
      {'code' in state && (
        <div className={css.codes}>
          <OwnCode code={state.code} />
          {state.step === 'showing' && <OtherCode camera={camera} take={take} />}
          <section className={css.card} aria-labelledby="meet-text">
            <h2 id="meet-text">{say.byText}</h2>
            <SendCode code={state.code} />
            {state.step === 'showing' && <TakeCode take={take} />}
          </section>
        </div>
      )}
    </>
  )
}

/** How far it is, in words; read out when it changes. */
const Progress = ({
  state,
  onAgain,
  failure,
}: {
  readonly state: MeetState
  readonly onAgain: () => void
  readonly failure: SayFailure
}) => {
  const say = useMessages().meet
  const step = state.step === 'connecting' ? (state.isFound ? 'found' : 'searching') : state.step
  return (
    <section className={css.progress}>
      <div role="status">
        <p className={css.state}>{say.state[step]}</p>
        {state.step === 'connecting' && state.isLate && (
          <p>
            {state.isFound ? say.late.notTaken : say.late.notFound} {say.late.orFile}
          </p>
        )}
        {state.step === 'met' && <p>{say.met}</p>}
        {state.step === 'ended' && <p>{say.ended}</p>}
        {state.step === 'apart' && <p>{say.apart}</p>}
        {state.step === 'failed' && <p>{failure(state.failure)}</p>}
      </div>
      {state.step === 'met' && <p className={css.quiet}>{say.key(state.transportKey.slice(0, 8))}</p>}
      <Next state={state} onAgain={onAgain} />
    </section>
  )
}

const Next = ({ state, onAgain }: { readonly state: MeetState; readonly onAgain: () => void }) => {
  const say = useMessages().meet
  if (state.step === 'met')
    return (
      <div className={css.actions}>
        <ButtonLink tone="primary" href={path.home()}>
          {say.done}
        </ButtonLink>
        <Button icon={<QrCode size={20} aria-hidden />} onClick={onAgain}>
          {say.another}
        </Button>
      </div>
    )
  const isLate = state.step === 'connecting' && state.isLate
  if (!isLate && !isLast(state)) return null
  return (
    <div className={css.actions}>
      <Button tone="primary" onClick={onAgain}>
        {say.again}
      </Button>
      <ButtonLink icon={<FileOutput size={20} aria-hidden />} href={path.settings('files')}>
        {say.file}
      </ButtonLink>
    </div>
  )
}
