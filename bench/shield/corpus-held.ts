/** Texts for judging only: other words, other orders, other headers. Nothing in the engine is adjusted to them. */
import type { Language } from './corpus-names.ts'

export const heldOutTemplates: Readonly<Record<Language, readonly string[]>> = {
  de: [
    'Guten Tag {P.title} {P.family}, wir haben Ihren Antrag erhalten und melden uns in Kürze. Ihre Beraterin {Q.full} erreichen Sie unter {phone}.',
    'Gesprächspartner: {P.full}. Thema: Umstellung des Tarifs. Ergebnis: {P.given} überlegt es sich noch bis Freitag.',
    'Lt. {P.title} {P.family} ist die Ware beschädigt angekommen; Fotos liegen vor, Austausch des Geräts {no.product} veranlasst.',
    'Aufnahmebefund: {P.full} ({birth}), Zustand nach Sturz, Röntgen ohne Befund. Entlassbrief an Hausarzt Dr. med. {Q.full}, {town}.',
    'Bewerbung von {P.full} eingegangen, Lebenslauf vollständig, Gespräch mit {Q.family} und Personalabteilung am 3. Juni.',
    'erl. durch {Q.initial}, Rückfrage bei {P.family} nicht nötig. Auftrag {no.order} abgeschlossen.',
    'Überweisung von {P.full}, Kontonummer {iban}, Verwendungszweck Nebenkosten; Referenz {no.uuid}.',
    'Hallo zusammen,\n{P.given} ist diese Woche krank, {Q.given} übernimmt die Schicht. Bitte den Dienstplan beachten.\nGruß\n{Q.full}',
    'Vermerk: Mieter {P.family} beanstandet Schimmel im Bad, {street}. Termin mit Handwerker {Q.family} vereinbart, Schlüssel beim Hausmeister.',
    'Ich habe {P.title} {P.family} erklärt, dass die Frist abgelaufen ist. {P.title} {P.family} will Widerspruch einlegen. E-Mail: {mail}',
    'Die Störung im Rechenzentrum wurde behoben. Betroffen waren Anmeldung, Suche und Berichte; Protokolle unter {no.sha}.',
    'Unser Sommerfest findet am letzten Freitag im Juli statt. Für Getränke und Musik ist gesorgt, Parkplätze stehen hinter der Halle bereit.',
    'Gewährleistung für {no.product} bis Oktober. Ersatzteil bestellt beim Hersteller {no.firm}, Lieferzeit zwei Wochen.',
  ],
  en: [
    'Hello {P.given}, just checking in on the claim. Could you confirm your new address ({street}, {town})? Best, {Q.given}',
    'Rang {P.title} {P.family} at home, no answer. Will try {phone} again tomorrow. Case {no.order} stays open.',
    'Per {Q.full}, the discount for {P.full} has been approved. Finance to adjust the invoice.',
    'Discharge summary for {P.full} ({birth}): recovering well after surgery by Mr {Q.family}. Follow-up in six weeks.',
    'level=warn msg="failed password" login={P.login} src={ip} trace={no.uuid}',
    'Interviewed {P.full} for the warehouse role. {P.given} has five years of experience; references from {Q.full} attached.',
    'Delivery driver left the parcel with {P.poss} neighbour. Signature reads {Q.family}. Tracking {no.order}.',
    'Attendees: {P.full}, {Q.full}. Action items: review the draft, book the venue, send minutes to {mail}.',
    'Policy holder {P.full} moved to {town} {postcode}; premium recalculated. Old card {no.card} removed, new card {card} stored.',
    'Quarterly figures are up by eight percent. The Board discussed Risk, Compliance and Hiring; next session in November.',
    'Upgrade to {no.version} requires a restart. Known issue: the Dashboard shows stale Metrics when the Cache is cold.',
  ],
  fr: [
    'Chère {Q.full}, merci pour votre message. Le dossier de {P.full} est complet et sera traité sous huit jours.',
    "J'ai eu {P.title} {P.family} au téléphone : elle confirme le changement d'adresse, {street}, {postcode} {town}.",
    'Compte rendu opératoire : {P.full}, {birth}, intervention sans complication par le Pr {Q.family}.',
    'Relance envoyée à {P.full} ({mail}) ; sans réponse, le service contentieux prendra la suite.',
    'Candidature de {P.full} reçue. Entretien prévu avec {Q.given} et la responsable des ressources humaines.',
    'Locataire : {P.family} {P.given}. Fuite constatée dans la cuisine, plombier {Q.family} prévenu, devis attendu.',
    'Le véhicule de {P.title} {P.family} est prêt. Garantie jusqu’en octobre, pièces fournies par {no.firm}.',
    'Assemblée générale : approbation des comptes, vote du budget, travaux de toiture prévus au printemps.',
    'Incident clos. La panne provenait du routeur principal ; version {no.version} installée, référence {no.uuid}.',
  ],
}
