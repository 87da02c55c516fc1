import { useCallback, useEffect, useRef, useState } from 'react'

/** Why there is no picture: `refused` by the person or the page's rules, `missing`, or `busy` with another program. */
export type CameraTrouble = 'refused' | 'missing' | 'busy'
type Facing = 'user' | 'environment'

const troubleOf = (thrown: unknown): CameraTrouble => {
  const { name } = thrown as { readonly name?: string }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'refused'
}

const stop = (stream: MediaStream | undefined): void => {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

const openCamera = (facingMode: Facing): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 15 } },
  })

/** The camera, from when somebody asks for it until the screen goes. It begins with the one beside the screen: two devices face each other. */
export function useCamera() {
  const [stream, setStream] = useState<MediaStream>()
  const [trouble, setTrouble] = useState<CameraTrouble>()
  const held = useRef<MediaStream>(undefined)
  const facing = useRef<Facing>('user')
  const isGone = useRef(false)

  const hold = useCallback((next: MediaStream | undefined): void => {
    stop(held.current)
    held.current = next
    setStream(next)
  }, [])
  /** Asks the browser, which asks its person. Resolves when that is decided. */
  const ask = useCallback(async (): Promise<void> => {
    try {
      // Two cameras at once are more than many phones can do.
      hold(undefined)
      const opened = await openCamera(facing.current)
      if (isGone.current) return stop(opened)
      hold(opened)
      setTrouble(undefined)
    } catch (thrown) {
      setTrouble(troubleOf(thrown))
    }
  }, [hold])
  const turn = useCallback((): void => {
    facing.current = facing.current === 'user' ? 'environment' : 'user'
    void ask()
  }, [ask])
  const letGo = useCallback((): void => hold(undefined), [hold])

  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      stop(held.current)
    }
  }, [])
  return { stream, trouble, ask, turn, letGo }
}
