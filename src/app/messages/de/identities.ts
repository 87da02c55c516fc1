import type { Format } from '../format.ts'
import type { IdentityMessages } from '../identities.ts'

export const identities = (format: Format): IdentityMessages => ({
  tones: { leaf: 'Blatt', sky: 'Himmel', honey: 'Honig', ember: 'Glut', berry: 'Beere', iris: 'Veilchen' },
  title: 'Identitäten in diesem Browser',
  alone: 'Du kannst hier auch jemand anders sein: mit anderem Schlüssel, anderen Wörtern, Gruppen und Listen.',
  text: 'Jede hat ihren eigenen Schlüssel, ihre eigenen Wörter und ihre eigenen Dinge. Nichts führt von einer zur anderen.',
  network: 'Wer die Internetadresse dieses Geräts sieht, kann trotzdem erraten, dass sie zusammengehören.',
  turn: (name) => `Du bist ${name}`,
  as: (name) => `Als ${name}`,
  here: 'In diesem Tab offen',
  change: 'Wechseln',
  changeTo: (name) => `Zu ${name} wechseln`,
  changeText: 'Dieser Tab wird jemand anders. Andere Tabs bleiben, wer sie sind.',
  manage: 'Alles über Identitäten',
  otherwise: 'Diesen Link als jemand anders öffnen',
  begin: {
    action: 'Noch eine beginnen',
    title: 'Noch eine Identität',
    name: 'Wie sie heißt',
    hint: 'Nur du siehst es, damit du sie auseinanderhalten kannst.',
    go: 'Beginnen',
    most: (most) => `Mehr als ${format.number(most)} lassen sich nicht auseinanderhalten.`,
  },
  remove: {
    action: (name) => `${name} entfernen`,
    title: (name) => `${name} entfernen?`,
    what: 'Was verloren geht',
    wordsHere:
      'Ihre Wiederherstellungswörter wurden nie aufgeschrieben. Sie gehen mit, und dann bringt nichts sie zurück.',
    wordsPaper:
      'Sie geht aus diesem Browser. Ihre Wiederherstellungswörter auf Papier bringen zurück, was Knoten und andere Geräte noch haben.',
    onlyHere: (things) =>
      format.plural(things, {
        one: 'Ein Ding, das nur in diesem Browser ist.',
        other: 'Mindestens {n} Dinge, die nur in diesem Browser sind.',
      }),
    elsewhere: 'Was bis jetzt niemand sonst hat, in Listen und in Gruppen.',
    groups: 'Ihre Gruppen erfahren nichts davon: Dort bleibt sie auf der Liste.',
    others: 'Deine anderen Identitäten bleiben, wie sie sind.',
    copy: 'Erst eine Kopie sichern',
    go: 'Entfernen',
    sure: (name) => `${name} endgültig aus diesem Browser entfernen? Das lässt sich nicht zurücknehmen.`,
    really: 'Ja, endgültig entfernen',
    rather: 'Lieber nicht',
    done: (name) => `${name} ist aus diesem Browser verschwunden`,
  },
})
