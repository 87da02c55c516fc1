import type { Format } from '../format.ts'
import type { Messages } from '../messages.tsx'

export const start = (format: Format): Messages['start'] => ({
  welcome: {
    title: 'Alles nah bei dir, mit Netz und ohne',
    text: 'Listen, Fotos und Notizen, die auf diesem Gerät leben. Ohne Konto, und nichts wird verschickt.',
    list: 'Liste anfangen',
    import: 'Datei importieren',
    words: 'Ich habe Wiederherstellungswörter',
    device: 'Ich habe Takibi schon auf einem anderen Gerät',
    pick: 'Was möchtest du sammeln?',
    pickText: 'Nimm, was am nächsten kommt. Jedes Feld lässt sich später ändern.',
    back: 'Zurück',
  },
  home: {
    title: 'Start',
    greeting: (hour) => {
      if (hour < 5) return 'Gute Nacht'
      if (hour < 11) return 'Guten Morgen'
      if (hour < 18) return 'Guten Tag'
      return 'Guten Abend'
    },
    summary: (collections, today) =>
      collections === 0
        ? 'Noch nichts da.'
        : today === 0
          ? `${format.plural(collections, { one: 'Eine Sammlung', other: '{n} Sammlungen' })}, alles auf diesem Gerät.`
          : `${format.plural(today, { one: 'Ein Ding hat', other: '{n} Dinge haben' })} sich heute geändert, alles auf diesem Gerät.`,
    last: 'Zuletzt berührt:',
    kept: (count) => format.plural(count, { one: 'hier bewahrt', other: 'hier bewahrt' }),
    collections: 'Deine Sammlungen',
    lately: 'Neulich geändert',
    seeAll: 'Alle Änderungen',
    nothingYet: 'Noch nichts darin',
    notReadable: 'Ihre Felder sind nicht auf diesem Gerät',
    onlyHere: {
      title: 'Nur dieser Browser hat das',
      text: 'Werden seine Daten gelöscht, ist alles hier fort. Eine Datei ist eine zweite Kopie.',
      since: (count, when) =>
        `${format.plural(count, { one: 'Ein Ding hat', other: '{n} Dinge haben' })} sich seit deiner Kopie (${when}) geändert.`,
      action: 'Kopie exportieren',
      short: 'Nur hier',
    },
    install: {
      title: 'Takibi auf den Startbildschirm',
      text: 'Dann öffnet es sich wie jede App, auch ohne Netz.',
      action: 'Installieren',
      ios: 'In Safari: „Teilen“ antippen, dann „Zum Home-Bildschirm“.',
    },
    persist: {
      title: 'Lass den Browser deine Dinge behalten',
      text: 'Browser räumen manchmal Seiten weg, die selten offen sind. Hiermit ist das viel unwahrscheinlicher.',
      action: 'Behalten',
      yes: 'Der Browser behält deine Dinge.',
      no: 'Der Browser sagt: noch nicht. Oft stimmt er zu, wenn Takibi installiert ist oder öfter benutzt wird.',
    },
    words: {
      title: 'Schreib deine Wiederherstellungswörter auf',
      text: 'Zwölf Wörter auf Papier stehen über all deinen Geräten, auch wenn dieses verloren geht.',
      write: 'Aufschreiben',
    },
    notNow: 'Nicht jetzt',
  },
})
