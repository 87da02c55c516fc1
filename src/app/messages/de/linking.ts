import type { linking as english } from '../en/linking.ts'

export const linking = (): ReturnType<typeof english> => ({
  title: 'Gerät verknüpfen',
  newDevice: {
    subtitle: 'Dieses Gerät wird eines von deinen',
    text: 'Öffne auf dem Gerät, das du schon hast, „Du“ und tippe auf „Gerät verknüpfen“. Halte dann beide einander gegenüber, oder schick dir die Codes selbst.',
    privacy: 'Wer diesen Code sieht, kann versuchen, eines deiner Geräte zu werden. Zeig ihn nur deinen eigenen.',
  },
  known: {
    subtitle: 'Ein anderes Gerät wird eines von deinen',
    text: 'Öffne Takibi auf dem neuen Gerät und tippe auf „Ich habe Takibi schon auf einem anderen Gerät“. Halte dann beide einander gegenüber, oder schick dir die Codes selbst.',
    privacy:
      'Ein verknüpftes Gerät bist du: Es liest und schreibt alles, was du kannst. Verknüpfe nur, was dir gehört.',
  },
  kept: {
    title: 'Erst deine Wiederherstellungswörter',
    text: 'Zwölf Wörter stehen über allen deinen Geräten. Schreib sie auf, bevor es ein zweites gibt: Sie bringen dich zurück, wenn alle Geräte verloren sind.',
    write: 'Aufschreiben',
    without: 'Ohne Wörter verknüpfen',
    withoutText:
      'Die Wörter werden dann vergessen, und das neue Gerät wird diesem ebenbürtig. Verlierst du beide, bringt dich nichts zurück.',
  },
  proving: 'Verbunden. Die beiden Geräte weisen sich einander aus.',
  words: {
    title: 'Sind das dieselben vier Wörter?',
    text: 'Schau auf beide Bildschirme. Stünde jemand zwischen den Geräten, wären sie verschieden.',
    list: 'Die vier Wörter dieser Verbindung, der Reihe nach',
    onKnown: 'Sind sie gleich, sag es auf dem Gerät, das du schon hast.',
    mayLetIn: 'Das neue Gerät darf Geräte hinzufügen und entfernen',
    same: 'Sie sind gleich',
    differ: 'Sie sind verschieden',
  },
  confirmed: 'Das neue Gerät wird aufgenommen.',
  linked: {
    onNew: 'Dieses Gerät ist jetzt eines von deinen.',
    onNewText: 'Deine Gruppen und was in ihnen ist kommen herüber, solange beide Geräte Takibi offen haben.',
    onKnown: 'Das neue Gerät ist jetzt eines von deinen.',
    onKnownText: 'Lass Takibi auf beiden offen, bis alles herübergekommen ist.',
    devices: 'Deine Geräte ansehen',
    groups: 'Deine Gruppen ansehen',
  },
  failed: 'Nichts wurde verknüpft.',
  again: 'Neu beginnen',
  failures: {
    'linking/for-meeting':
      'Das ist kein Code eines neuen Geräts. Tippe auf dem neuen auf „Ich habe Takibi schon auf einem anderen Gerät“.',
    'meeting/for-linking':
      'Auch das andere Gerät zeigt, dass es neu ist. Öffne auf dem, das du schon hast, „Du“ und tippe auf „Gerät verknüpfen“.',
    'person/exists':
      'Dieses Gerät gehört schon jemandem. Eine neue Identität dieses Browsers oder ein anderer Browser lässt sich verknüpfen.',
    'person/not-allowed': 'Dieses Gerät darf keine anderen hinzufügen. Nimm das erste, oder eines, das es darf.',
    'person/none':
      'Hier ist noch niemand. Behalte erst etwas: Dann ist dieses Gerät deines, und andere lassen sich verknüpfen.',
    'linking/interference':
      'Etwas passte nicht, vielleicht ist jemand dazwischen. Nichts wurde verknüpft. Beginn neu und achte darauf, dass niemand sonst den Code sieht.',
    'linking/late': 'Es hat zu lange gedauert. Beginn neu mit einem neuen Code.',
    'linking/cut-off': 'Die Verbindung brach ab. Beginn neu mit einem neuen Code.',
    'linking/declined': 'Es wurde auf einem der beiden Geräte abgebrochen.',
  },
})
