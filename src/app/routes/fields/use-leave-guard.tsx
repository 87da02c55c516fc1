import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { go } from '../../paths.ts'

/** While something is unsaved, asks before a link leaves the screen; the browser asks before the tab closes. */
export const useLeaveGuard = (isUnsaved: boolean): { readonly sheet: ReactNode; readonly letGo: () => void } => {
  const say = useMessages().collections.builder
  const [target, setTarget] = useState<string>()
  const isFree = useRef(false)
  useEffect(() => {
    if (!isUnsaved) return
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null
      const to = link?.getAttribute('href')
      if (to === null || to === undefined || isFree.current) return
      event.preventDefault()
      setTarget(to)
    }
    const onUnload = (event: BeforeUnloadEvent): void => {
      if (!isFree.current) event.preventDefault()
    }
    document.addEventListener('click', onClick, { capture: true })
    addEventListener('beforeunload', onUnload)
    return () => {
      document.removeEventListener('click', onClick, { capture: true })
      removeEventListener('beforeunload', onUnload)
    }
  }, [isUnsaved])
  const letGo = (): void => {
    isFree.current = true
  }
  const stay = (): void => setTarget(undefined)
  const sheet = target !== undefined && (
    <Sheet
      title={say.leaveTitle}
      onClose={stay}
      actions={
        <>
          <Button
            onClick={() => {
              letGo()
              go(target)
            }}
          >
            {say.leave}
          </Button>
          <Button tone="primary" onClick={stay}>
            {say.stay}
          </Button>
        </>
      }
    >
      <p>{say.leaveText}</p>
    </Sheet>
  )
  return { sheet, letGo }
}
