import { RotateCw } from 'lucide-react'
import type { OutboxState } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { attempt } from '../../state/trouble.ts'

/** Offers a node once more what it refused, and does not wait any longer with the rest. */
export const TryAgain = ({ target, label }: { readonly target: OutboxState['target']; readonly label: string }) => {
  const t = useMessages()
  const node = useNode()
  return (
    <Button
      icon={<RotateCw size={20} aria-hidden />}
      onClick={() => void attempt(t, () => node.sync.retryRefused(target))}
    >
      {label}
    </Button>
  )
}
