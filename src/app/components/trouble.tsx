import { Component, lazy, type ReactNode, Suspense } from 'react'
import { FireMark } from '../fire/fire-mark.tsx'
import { type Messages, useMessages } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { useHasOthers } from '../state/identities.ts'
import { codeOf, sentenceFor } from '../state/trouble.ts'
import { Button, ButtonLink } from './button.tsx'
import css from './trouble.module.css'

const OtherIdentities = lazy(async () => ({ default: (await import('./other-identities.tsx')).OtherIdentities }))

/** A whole screen for what stops the app or one of its screens: one sentence, and what to do. */
const TroublePage = ({
  error,
  onAgain,
  isWhole = false,
}: {
  readonly error: unknown
  readonly onAgain: () => void
  /** The app itself did not open, so there is no home to go to. */
  readonly isWhole?: boolean
}) => {
  const t = useMessages()
  const hasOthers = useHasOthers()
  const Place = isWhole ? 'main' : 'section'
  return (
    <Place className={css.page}>
      <FireMark size={48} />
      <h1 className={css.title}>{isWhole ? t.trouble.title : t.trouble.screen.title}</h1>
      <p className={css.text} role="alert">
        {sentenceFor(error, t)}
      </p>
      <p className={css.code}>{t.trouble.code(codeOf(error))}</p>
      <div className={css.actions}>
        <Button tone="primary" onClick={onAgain}>
          {t.trouble.again}
        </Button>
        {isWhole ? (
          <Button onClick={() => location.reload()}>{t.trouble.reload}</Button>
        ) : (
          <ButtonLink href={path.home()}>{t.shell.notFound.home}</ButtonLink>
        )}
      </div>
      <Suspense fallback={null}>{isWhole && hasOthers && <OtherIdentities />}</Suspense>
    </Place>
  )
}

interface Props {
  readonly t: Messages
  readonly isWhole?: boolean
  /** A new value gives the children another chance: the address, for screens. */
  readonly resetBy: string
  readonly onAgain?: () => void
  readonly children: ReactNode
}

interface State {
  readonly error: unknown
  readonly isBroken: boolean
  readonly resetBy: string
}

/** Catches what a screen throws. A class, because React has error boundaries only as classes. */
export class TroubleBoundary extends Component<Props, State> {
  override state: State = { error: undefined, isBroken: false, resetBy: this.props.resetBy }
  static getDerivedStateFromError = (error: unknown): Partial<State> => ({ error, isBroken: true })
  static getDerivedStateFromProps = ({ resetBy }: Props, state: State): State | null =>
    resetBy === state.resetBy ? null : { error: undefined, isBroken: false, resetBy }
  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children
    return (
      <TroublePage
        error={this.state.error}
        isWhole={this.props.isWhole ?? false}
        onAgain={() => {
          this.props.onAgain?.()
          this.setState({ error: undefined, isBroken: false })
        }}
      />
    )
  }
}
