import type { Role } from '../../../sdk/index.ts'
import type { Said } from '../en/groups.ts'
import type { Format } from '../format.ts'
import type { GroupMessages } from '../groups.ts'

/** How somebody is let in. */
const asWhat: Readonly<Record<Role, string>> = {
  keeper: 'mit Zuständigkeit',
  moderator: 'für die Moderation',
  member: 'als Mitglied',
  contributor: 'zum Beitragen',
  reader: 'zum Mitlesen',
}
const withRole = (role: Role | undefined): string =>
  role === undefined ? 'mit eigener Mischung von Rechten' : asWhat[role]
const roleNames: Readonly<Record<Role, string>> = {
  keeper: 'Zuständig',
  moderator: 'Moderation',
  member: 'Mitglied',
  contributor: 'Beiträge',
  reader: 'Liest mit',
}
const roleWord = (role: Role | undefined): string => (role === undefined ? 'Eigene Mischung' : roleNames[role])
const has = ({ who, isOwn }: Said): string => (isOwn ? 'Du hast' : `${who || 'Jemand'} hat`)
const is = ({ who, isOwn }: Said): string => (isOwn ? 'Du bist' : `${who || 'Jemand'} ist`)
const whom = ({ about, isAboutOwn, isOwn, isSelf }: Said): string => {
  if (isSelf) return isOwn ? 'dich selbst' : 'sich selbst'
  return isAboutOwn ? 'dich' : about || 'jemanden'
}
const ofWhom = ({ about, isAboutOwn, isOwn, isSelf }: Said): string => {
  if (isSelf) return isOwn ? 'dir selbst' : 'sich selbst'
  return isAboutOwn ? 'dir' : about || 'jemandem'
}

export const groups = (format: Format): GroupMessages => ({
  title: 'Gruppen',
  text: 'Menschen, die etwas gemeinsam bewahren.',
  none: 'Noch keine Gruppen.',
  noneText:
    'Eine Gruppe sind Menschen mit Rollen. Wer wen aufgenommen hat, ist unterschrieben, und alle darin können es nachsehen.',
  new: 'Neue Gruppe',
  people: (count) => format.plural(count, { one: 'Nur ein Mensch', other: '{n} Menschen', zero: 'Niemand' }),
  you: 'du',
  notIn: 'Du bist nicht darin',
  youAre: (role) => `du: ${role}`,
  ended: 'Von wem sie begonnen wurde, beendet',
  asking: (count) => format.plural(count, { one: 'Ein Mensch möchte dazu', other: '{n} Menschen möchten dazu' }),
  notHere: 'Diese Gruppe ist nicht auf diesem Gerät',
  notHereText: 'Sie kommt, wenn jemand, der sie hat, sie mit dir teilt, oder mit einer Datei.',
  places: (name) => `Orte in ${name}`,
  nav: { fire: 'Lagerfeuer', lists: 'Listen', people: 'Leute', care: 'Gruppenpflege' },
  hood: 'Die unterschriebenen Operationen',
  create: {
    title: 'Neue Gruppe',
    text: 'Du bist als Erstes für sie zuständig.',
    purpose: 'Wofür ist sie?',
    name: 'Ihr Name',
    nameMissing: 'Gib ihr einen Namen.',
    about: 'Worum es geht',
    aboutHint: 'Eine Zeile für alle, die dazukommen. Darf leer bleiben.',
    make: (name) => `„${name}“ gründen`,
    makeUnnamed: 'Gruppe gründen',
    making: 'Wird gegründet…',
    made: (name) => `„${name}“ ist gegründet. Du bist zuständig.`,
  },
  purposes: {
    festival: {
      name: 'Festival',
      for: 'Eine Crew für ein paar Tage',
      example: 'Crew Lichterfest',
      about: 'Wer wann wo was aufbaut.',
    },
    coop: {
      name: 'Kooperative',
      for: 'Arbeit und Werkzeug gemeinsam',
      example: 'Küchenkollektiv',
      about: 'Bestellungen, Schichten und was uns zusammen gehört.',
    },
    neighbours: {
      name: 'Nachbarschaft',
      for: 'Eine Straße oder ein Haus',
      example: 'Erlenweg',
      about: 'Leihen, helfen, nach dem Rechten sehen.',
    },
    research: {
      name: 'Feldforschung',
      for: 'Beobachten draußen',
      example: 'Flusswacht',
      about: 'Was wir sehen, wo und wann.',
    },
    blank: { name: 'Etwas anderes', for: 'Nur mit einem Namen beginnen', example: '', about: '' },
  },
  sealed: {
    title: 'Noch nicht versiegelt',
    text: 'Was in dieser Gruppe gesagt wird, ist unterschrieben, aber nicht verschlüsselt. Wer es in die Hände bekommt, kann es lesen. Bewahre hier nichts, was nur Mitglieder wissen dürfen.',
  },
  roles: { ...roleNames, other: 'Eigene Mischung' },
  may: {
    keeper: 'Fügt hinzu, ändert und entfernt; nimmt auf, schickt weg, vergibt Rollen.',
    moderator: 'Fügt hinzu, ändert und entfernt.',
    member: 'Fügt hinzu und ändert, nimmt Eigenes zurück.',
    contributor: 'Fügt nur hinzu.',
    reader: 'Sieht nur.',
  },
  key: (digits) => `Schlüssel ${digits}`,
  list: {
    alone: 'Bisher nur du.',
    inIt: 'In der Gruppe',
    asking: 'Möchten dazu',
    asks: 'Bittet um einen Platz',
    gone: 'Nicht mehr dabei',
    forOne: 'Nur für eine Sammlung',
    checked: 'Wörter verglichen',
  },
  sheet: {
    six: 'Sechs Wörter',
    sixText:
      'Vergleiche sie mit denen, die beim anderen Menschen unter Du stehen. Dieselben sechs Wörter: Es ist wirklich dieser Mensch.',
    bareKey: 'Ein einzelner Schlüssel, kein Mensch. Er hat keine sechs Wörter.',
    petname: 'Dein Name für diesen Menschen',
    petnameHint: 'Bleibt auf diesem Gerät. Niemand sonst sieht ihn.',
    petnameTooLong: 'Zu lang. Nimm einen kürzeren.',
    compared: 'Wir haben die sechs Wörter verglichen',
    save: 'Speichern',
    saved: 'Gespeichert.',
    role: 'Rolle',
    setRole: (role) => `Rolle geben: ${role}`,
    roleSet: (name, role) => `${name} hat jetzt die Rolle: ${role}.`,
    letIn: (role) => `Aufnehmen: ${role}`,
    wasLetIn: (name) => `${name} ist dabei.`,
    backIn: (role) => `Wieder aufnehmen: ${role}`,
    leave: 'Gruppe verlassen',
    leaveText: 'Was du geschrieben hast, bleibt. Zurück kommst du nur, wenn dich jemand wieder aufnimmt.',
    left: (group) => `Du hast „${group}“ verlassen.`,
    sendAway: 'Wegschicken',
    sendAwayText: (name) =>
      `Was ${name} geschrieben hat, bleibt, soweit dieses Gerät es hat; was später kommt, zählt nicht.`,
    sentAway: (name) => `${name} ist draußen.`,
    notFinal: (name) => `${name} ist draußen, steht aber über dir und kann es zurücknehmen.`,
    really: 'Ja, so machen',
    rather: 'Lieber nicht',
    lastKeeper: 'Außer dir ist niemand zuständig. Gib die Rolle erst jemand anderem.',
    theLastKeeper: 'Außer diesem Menschen ist niemand zuständig. Erst muss es jemand anderes sein.',
    history: 'Alles, was dazu getan wurde, steht in der Gruppenpflege.',
  },
  why: {
    inert: 'Die Gruppe hat niemanden, der sie gegründet hat, oder ist beendet.',
    stranger: (isOwn) => (isOwn ? 'Du bist nicht in dieser Gruppe.' : 'Wer es sagte, war nicht in der Gruppe.'),
    voided: (isOwn) =>
      isOwn ? 'Jemand hat zurückgenommen, was dieses Gerät tat.' : 'Von Zuständigen für nichtig erklärt.',
    banned: (isOwn) =>
      isOwn ? 'Du bist nicht mehr in dieser Gruppe.' : 'Wer es sagte, war weggeschickt worden oder gegangen.',
    'not-given': (isOwn) => (isOwn ? 'Das können nur Zuständige.' : 'Wer es sagte, war nicht zuständig.'),
    others: 'Es gehört jemand anderem.',
    own: 'Nur wer es gemacht hat, darf es ändern.',
    'own-flag': 'Es ist nicht oder falsch als eigenes gekennzeichnet.',
    'other-group': 'Es nennt eine andere Gruppe als am Anfang.',
    'no-group': 'Seine Gruppe ist nicht hier.',
    forked: 'Sein Log sagt an einer Stelle zwei verschiedene Dinge, darum zählt keines.',
    'no-effect': 'Wer es sagte, durfte es nicht sagen, oder nicht mehr.',
  },
  care: {
    text: 'Was an Mitgliedern und Rollen getan wurde, das Neueste zuerst.',
    quiet: 'Noch ist nichts getan.',
    local: 'Die Zeiten sagen, wann dieses Gerät es gespeichert hat; was unterschrieben ist, trägt keine Zeit.',
    imported: (when) => `Importiert ${when}`,
    stored: (when) => `Hier gespeichert ${when}`,
    noEffect: (why) => `Ohne Wirkung. ${why}`,
    waits: 'Wartet auf etwas, das noch nicht hier ist.',
    showAll: (count) => `Alle ${format.number(count)} zeigen`,
    log: 'Was getan wurde',
    did: {
      founded: (said) =>
        said.name === '' ? `${has(said)} diese Gruppe begonnen.` : `${has(said)} „${said.name}“ begonnen.`,
      renamed: (said) => `${has(said)} die Gruppe „${said.name}“ genannt.`,
      listed: (said) => `${has(said)} die Liste der Mitgliedschaften geändert.`,
      ended: (said) => `${has(said)} die Gruppe beendet.`,
      asked: (said) =>
        said.isSelf ? `${has(said)} um einen Platz gebeten.` : `${has(said)} für ${whom(said)} um einen Platz gebeten.`,
      began: (said) => `${is(said)} von Anfang an ${withRole(said.role)} dabei.`,
      letIn: (said) => `${has(said)} ${whom(said)} ${withRole(said.role)} aufgenommen.`,
      notLetIn: (said) => `${has(said)} ${ofWhom(said)} keinen Platz gegeben.`,
      role: (said) =>
        said.from === undefined
          ? `${has(said)} ${ofWhom(said)} die Rolle „${roleWord(said.role)}“ gegeben.`
          : `${has(said)} ${ofWhom(said)} die Rolle „${roleWord(said.role)}“ gegeben, vorher „${roleWord(said.from)}“.`,
      rights: (said) => `${has(said)} die Rechte von ${ofWhom(said)} geändert.`,
      left: (said) => `${has(said)} die Gruppe verlassen.`,
      sentAway: (said) => `${has(said)} ${whom(said)} weggeschickt.`,
      back: (said) => `${has(said)} ${whom(said)} wieder ${withRole(said.role)} aufgenommen.`,
      endedPlace: (said) => `${has(said)} den Platz von ${ofWhom(said)} für immer beendet.`,
      kept: (said) => `${has(said)} behalten, was von ${ofWhom(said)} bis dahin geschrieben war.`,
      voided: (said) => `${has(said)} für nichtig erklärt, was von ${ofWhom(said)} geschrieben war.`,
      withdrew: (said) => `${has(said)} zurückgenommen, was über Geschriebenes von ${ofWhom(said)} gesagt war.`,
    },
  },
  under: {
    title: (name) => `Wer was darf in ${name}`,
    text: 'Kontroll-Operationen nach Stufen: Wer gegründet hat, steht auf 0, wer von dort Zuständigkeit bekam, auf 1, und so weiter. Über eine Stufe urteilen die darüber.',
    graph: 'Kontroll-Operationen',
    level: (level) => `Stufe ${format.number(level)}`,
    noLevel: 'keine Stufe',
    columns: { order: 'Nr.', operation: 'Kennung', said: 'Sagt', level: 'Stufe', counts: 'Zählt' },
    live: 'ja',
    void: 'nein',
    inert: 'Diese Gruppe ruht: Niemand darf etwas in ihr.',
    closure: (count) =>
      format.plural(count, {
        one: '{n} Dokument in ihrem Kontroll-Abschluss.',
        other: '{n} Dokumente in ihrem Kontroll-Abschluss.',
      }),
  },
})
