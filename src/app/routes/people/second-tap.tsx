import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import css from './people.module.css'

/** Something that cannot be taken back: offered, explained, and done after a second tap. */
export const SecondTap = ({
  action,
  text,
  really,
  rather,
  onDo,
}: {
  readonly action: string
  readonly text: string
  readonly really: string
  readonly rather: string
  readonly onDo: () => Promise<void>
}) => {
  const [isAsked, setIsAsked] = useState(false)
  const [isGoing, setIsGoing] = useState(false)
  const go = async (): Promise<void> => {
    if (isGoing) return
    setIsGoing(true)
    await onDo()
    setIsGoing(false)
  }
  return (
    <section className={css.part} aria-label={action}>
      {isAsked ? (
        <>
          <p role="status">{text}</p>
          <div className={css.actions}>
            <Button tone="danger" aria-disabled={isGoing} onClick={() => void go()}>
              {really}
            </Button>
            <Button autoFocus onClick={() => setIsAsked(false)}>
              {rather}
            </Button>
          </div>
        </>
      ) : (
        <div className={css.actions}>
          <Button onClick={() => setIsAsked(true)}>{action}</Button>
        </div>
      )}
    </section>
  )
}
