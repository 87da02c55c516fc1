import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const Removed = () => (
  <Screen title="Removed">
    <p />
  </Screen>
)
