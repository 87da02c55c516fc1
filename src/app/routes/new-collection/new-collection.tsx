import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const NewCollection = () => (
  <Screen title="New collection">
    <p />
  </Screen>
)
