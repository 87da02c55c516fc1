import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const CollectionScreen = () => (
  <Screen title="Collection">
    <p />
  </Screen>
)
