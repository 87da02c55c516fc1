import { type ComponentType, lazy, Suspense } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { ButtonLink } from './components/button.tsx'
import { Empty, Screen } from './components/screen.tsx'
import { useMessages } from './messages/messages.tsx'
import { path, pattern } from './paths.ts'

/** A screen that is loaded when somebody first goes there. All of them are precached, so this never waits for a network. */
const lazily = <Name extends string>(name: Name, load: () => Promise<Readonly<Record<Name, ComponentType>>>) =>
  lazy(async () => ({ default: (await load())[name] }))

const Home = lazily('Home', () => import('./routes/home/home.tsx'))
const Welcome = lazily('Welcome', () => import('./routes/welcome/welcome.tsx'))
const You = lazily('You', () => import('./routes/you/you.tsx'))
const RecoveryWords = lazily('RecoveryWords', () => import('./routes/you/recovery-words.tsx'))
const Recover = lazily('Recover', () => import('./routes/you/recover.tsx'))
const Settings = lazily('Settings', () => import('./routes/settings/settings.tsx'))
const Collections = lazily('Collections', () => import('./routes/collections/collections.tsx'))
const NewCollection = lazily('NewCollection', () => import('./routes/new-collection/new-collection.tsx'))
const Fields = lazily('Fields', () => import('./routes/fields/fields.tsx'))
const Changes = lazily('Changes', () => import('./routes/changes/changes.tsx'))
const Removed = lazily('Removed', () => import('./routes/removed/removed.tsx'))
const CollectionScreen = lazily('CollectionScreen', () => import('./routes/collection/collection-screen.tsx'))
const FormScreen = lazily('FormScreen', () => import('./routes/form/form-screen.tsx'))
const ThingScreen = lazily('ThingScreen', () => import('./routes/thing/thing-screen.tsx'))
const MeetRoute = lazily('MeetRoute', () => import('./meet/meet-route.tsx'))
const LinkRoute = lazily('LinkRoute', () => import('./routes/link/link-route.tsx'))
const SyncScreen = lazily('SyncScreen', () => import('./routes/sync/sync-screen.tsx'))
const ShareScreen = lazily('ShareScreen', () => import('./routes/share/share-screen.tsx'))
const OutgoingScreen = lazily('OutgoingScreen', () => import('./routes/sync/outgoing-screen.tsx'))
const JoinScreen = lazily('JoinScreen', () => import('./routes/join/join-screen.tsx'))
const NodeScreen = lazily('NodeScreen', () => import('./routes/node/node-screen.tsx'))
const Groups = lazily('Groups', () => import('./routes/groups/groups.tsx'))
const NewGroup = lazily('NewGroup', () => import('./routes/groups/new-group.tsx'))
const Lists = lazily('Lists', () => import('./routes/lists/lists.tsx'))
const Fire = lazily('Fire', () => import('./routes/fire/fire.tsx'))
const People = lazily('People', () => import('./routes/people/people.tsx'))
const Care = lazily('Care', () => import('./routes/care/care.tsx'))
const Hood = lazily('Hood', () => import('./routes/hood/hood.tsx'))

/** Which screen stands at which address. Each is drawn anew when its address changes, so that nothing of the last one stays. */
export const Routes = () => {
  const [place] = useLocation()
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path={pattern.home} component={Home} />
        <Route path={pattern.welcome} component={Welcome} />
        <Route path={pattern.you} component={You} />
        <Route path={pattern.words} component={RecoveryWords} />
        <Route path={pattern.recover} component={Recover} />
        <Route path={pattern.settings} component={Settings} />
        <Route path={pattern.collections} component={Collections} />
        <Route path={pattern.lists} component={Lists} />
        <Route path={pattern.newCollection}>
          <NewCollection key={place} />
        </Route>
        <Route path={pattern.fields}>
          <Fields key={place} />
        </Route>
        <Route path={pattern.share}>
          <ShareScreen key={place} />
        </Route>
        <Route path={pattern.add}>
          <FormScreen key={place} />
        </Route>
        <Route path={pattern.view} component={CollectionScreen} />
        <Route path={pattern.collection} component={CollectionScreen} />
        <Route path={pattern.thing}>
          <ThingScreen key={place} />
        </Route>
        <Route path={pattern.changes} component={Changes} />
        <Route path={pattern.removed} component={Removed} />
        <Route path={pattern.meet}>
          <MeetRoute key={place} />
        </Route>
        <Route path={pattern.link}>
          <LinkRoute key={place} />
        </Route>
        <Route path={pattern.sync} component={SyncScreen} />
        <Route path={pattern.outgoing} component={OutgoingScreen} />
        <Route path={pattern.join}>
          <JoinScreen key={place} />
        </Route>
        <Route path={pattern.node}>
          <NodeScreen key={place} />
        </Route>
        <Route path={pattern.groups} component={Groups} />
        <Route path={pattern.newGroup} component={NewGroup} />
        <Route path={pattern.fire}>
          <Fire key={place} />
        </Route>
        <Route path={pattern.people} component={People} />
        <Route path={pattern.care} component={Care} />
        <Route path={pattern.hood} component={Hood} />
        <Route path="/g/me">
          <Redirect to={pattern.collections} />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Suspense>
  )
}

const NotFound = () => {
  const { notFound } = useMessages().shell
  return (
    <Screen title={notFound.title} width="narrow">
      <Empty title={notFound.text} action={<ButtonLink href={path.home()}>{notFound.home}</ButtonLink>} />
    </Screen>
  )
}
