import type { Format } from '../format.ts'
import type { Messages } from '../messages.tsx'

export const outgoing = (format: Format): Messages['outgoing'] => ({
  title: 'Was an Knoten geht',
  subtitle: 'Hier geschrieben, dort aufbewahrt',
  none: 'Keine Knoten. Was du schreibst, geht an andere Geräte, wenn du sie triffst.',
  kinds: { takibi: 'Takibi-Knoten', p2panda: 'Ein anderer p2panda-Knoten' },
  gets: (names) => `Er bekommt, was du hierin schreibst: ${names}.`,
  getsNothing: 'Er bekommt nichts: Du teilst noch nichts.',
  there: 'Alles, was du geschrieben hast, ist dort angekommen.',
  waiting: (entries, hasMore) =>
    hasMore
      ? `${format.number(entries)} Einträge oder mehr warten.`
      : format.plural(entries, { one: 'Ein Eintrag wartet.', other: '{n} Einträge warten.' }),
  onlyRefused: 'Was wartet, wurde abgelehnt.',
  refused: (entries) => format.plural(entries, { one: 'Ein Eintrag abgelehnt', other: '{n} Einträge abgelehnt' }),
  refusedOne: 'Abgelehnt',
  offline: 'Dieses Gerät hat kein Netz. Sie gehen von selbst, sobald es eines hat.',
  paused: 'Du hast diesen Knoten angehalten. Sie gehen, wenn er weitermachen darf.',
  because: (said) => `Letzter Versuch: „${said}“.`,
  next: (when) => `Nächster Versuch um ${when}.`,
  asked: 'Knoten bleiben in Ruhe, bis du „Jetzt verbinden“ drückst.',
  again: 'Jetzt noch einmal versuchen',
  stop: 'Nicht mehr veröffentlichen',
  stopped: (host) => `An ${host} geht nichts mehr. Was er hat, behält er.`,
  to: {
    title: 'Bei einem anderen p2panda-Knoten veröffentlichen',
    text: 'Er bekommt alles, was du teilst und selbst geschrieben hast, auch was schon da ist, und zeigt es jedem, der fragt. Von ihm kommt nichts, und was er hat, behält er.',
    address: 'Adresse seines GraphQL-Endpunkts',
    hint: 'Wie sein Betreiber sie dir gegeben hat: https://…/graphql',
    do: 'Dort veröffentlichen',
    done: (host) => `Was du teilst, geht von nun an an ${host}`,
    known: 'Dort wird schon veröffentlicht.',
    wrong: 'Das ist keine Adresse eines Endpunkts. Sie beginnt mit https:// und nennt einen Rechner.',
  },
})
