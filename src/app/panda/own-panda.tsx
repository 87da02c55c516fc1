import { useNode, usePerson } from '../../sdk/react/index.ts'
import { Panda } from './panda.tsx'
import css from './panda.module.css'

/** What one's own panda is drawn from: the person; the key of this device while there is none; nothing until that is known. */
export const useOwnFace = (): string | undefined => {
  const { publicKey } = useNode()
  const { status, person } = usePerson()
  return status === 'loading' ? undefined : (person?.id ?? publicKey)
}

/** One's own panda. Its place is kept until it is known, so that no other face is shown for a moment. */
export const OwnPanda = ({ size }: { readonly size: number }) => {
  const face = useOwnFace()
  return face === undefined ? (
    <svg className={css.panda} width={size} height={size} aria-hidden />
  ) : (
    <Panda of={face} size={size} />
  )
}
