/**
 * Two sources of names that share nothing: ordinary ones for developing, and for judging ones that are put together from syllables or
 * come from places that the table of names was not made for.
 */
import type { Random } from './corpus-random.ts'

export type Language = 'de' | 'en' | 'fr'
export type Half = 'development' | 'heldOut'

export interface Person {
  readonly given: string
  readonly family: string
  readonly female: boolean
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/v)

const ORDINARY: Readonly<
  Record<Language, { female: readonly string[]; male: readonly string[]; family: readonly string[] }>
> = {
  de: {
    female: words(
      'Anna Petra Sabine Monika Claudia Heike Katrin Lea Emma Mia Ayşe Svetlana Jürgen-Marie Anneliese Birgit Ulrike Hannelore Franziska Johanna Sophie Rosa Käthe',
    ),
    male: words(
      'Peter Michael Thomas Jürgen Wolfgang Stefan Andreas Jörg Uwe Hans-Peter Karl-Heinz Günther Mehmet Dmitri Lukas Leon Felix Björn Sören Matthias Ernst Frank',
    ),
    family: words(
      'Müller Schmidt Schneider Fischer Weber Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Köhler Maier Berg König Yılmaz Kowalski Nowak Öztürk Meyer-Lüdenscheidt Großmann Strauß Jäger Vogel Sommer Winter Roth Ivanova',
    ),
  },
  en: {
    female: words(
      'Mary Patricia Jennifer Linda Elizabeth Susan Jessica Sarah Karen Emily Olivia Grace Rose Siobhan Priya Fatima Chloe Hannah Ruth',
    ),
    male: words(
      'James Robert John Michael William David Richard Joseph Thomas Charles Daniel Matthew Mark Will Liam Noah Mohammed Owen Rhys Jack',
    ),
    family: words(
      "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson White Harris Clark Lewis Young King Wright Hill Baker Green Adams Nelson Carter O'Brien O'Connor McDonald Patel Singh Nguyen Ashworth Featherstone Cook Price Page Long Rose",
    ),
  },
  fr: {
    female: words(
      'Marie Nathalie Isabelle Sylvie Catherine Françoise Valérie Christine Céline Aurélie Chloé Inès Léa Zoé Amélie Claire Marine Fatou Anne-Sophie',
    ),
    male: words(
      'Jean Pierre Michel Philippe Alain Nicolas Christophe Laurent François Julien Jean-Pierre Guillaume Rémi Benoît Loïc Mamadou Karim Olivier Pascal',
    ),
    family: words(
      "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André Lefèvre Mercier Dupont Lambert Bonnet François Boulanger Blanc Diallo Benali Nguyen Lemaître d'Arcy",
    ),
  },
}

/** Given names from places that no list of the table is about, and family names likewise. */
const FAR = {
  female: words(
    'Þórdís Eydís Ilze Daiva Rūta Žydrūnė Aoibheann Caoimhe Gwenllian Nerys Maialen Nekane Xochitl Itzel Wanjiru Thandiwe Nomvula Adwoa Chidinma Oluwaseun Sumalee Siriporn Dechen Pema Ngoc-Anh Mehrnaz Shirin Gulnara Aigerim Zuleikha Ketevan Nino Anahit Hasmik Snezhana Bozhidara Dubravka Jadranka Kristiina Päivi Riikka Zsófia Boglárka Enikő Katarzyna Małgorzata Bożena',
  ),
  male: words(
    'Þorsteinn Hallgrímur Arvydas Gintaras Jānis Raivis Tadhg Fionnbharr Ieuan Gethin Eneko Unai Cuauhtémoc Tenoch Kipchoge Sipho Thabo Kwabena Chukwuemeka Babatunde Somchai Prasert Tenzin Dorji Quang-Huy Farhad Behrouz Nursultan Rustam Zurab Vakhtang Hrant Gevorg Zdravko Radoslav Miroslav Branimir Jukka Tuomas Zoltán Gergő Krzysztof Zbigniew Grzegorz',
  ),
  family: words(
    'Sigurðsson Vilhjálmsdóttir Kazlauskienė Bērziņš Ozoliņa Ó_Dálaigh Llywelyn Etxeberria Goikoetxea Tlatelpa Wambua Dlamini Mkhize Owusu-Ansah Okonkwo Adeyemi Phongphanit Wangchuk Khamphoui Trần_Văn Hosseinzadeh Yusupov Abdykadyrova Gelashvili Kvaratskhelia Hakobyan Sargsyan Dimitrova Stoyanov Vukašinović Đurđević Hämäläinen Yläjärvi Szentmihályi Kőszegi Brzęczyszczykiewicz Wójtowicz van_der_Kraaijenbrink de_Ruysscher von_und_zu_Trauttenfels Zurbriggen-Äbi Le_Bihan-Kerdreux',
  ),
}

const FRONT: Readonly<Record<Language, readonly string[]>> = {
  de: words(
    'Brun Del Ebers Frie Gor Hag Iff Kles Lam Mün Nöt Ost Prei Quen Rött Schwan Tres Uhl Vel Wip Zwe Grö Krull Stö',
  ),
  en: words('Ash Brin Cad Dun Els Farn Gal Hax Ith Kel Lor Mar Ned Ock Pem Quill Rush Stan Thorn Ux Wex Yar Hob Tril'),
  fr: words(
    'Bar Cham Dau Estr Ferr Gou Haut Jol Kerg Lavr Mont Nerv Ours Perr Quint Rouss Sauv Thiév Vall Yvr Brell Trém',
  ),
}
const MIDDLE: Readonly<Record<Language, readonly string[]>> = {
  de: words('ke nsel ten ger dar ling ze rin ffer sch me'),
  en: words('ing a er le ton ow en ers or'),
  fr: words('igu ill onn ouv audr ell end iss'),
}
const BACK: Readonly<Record<Language, readonly string[]>> = {
  de: words('kötter hauser brecht rode ske ner bold witz horst lage mert ücker ing kamp'),
  en: words('wick thorpe ley combe field worth sby man ard stead den croft'),
  fr: words('ac eau ier oux ot ard euil in aud ert illon ois'),
}
const GIVEN_FRONT = words(
  'Al Bel Cor Dal El Fen Gis Hel Il Jas Kor Lun Mer Nal Or Per Quin Ros Sev Tam Ul Ver Wen Yor Zel',
)
const GIVEN_BACK = {
  female: words('intha eda isca olie une arja elia wina ysse anke irella ette'),
  male: words('bert imir ando wyn ric jan emar ivo undo ador ulf eon'),
}

function syllables(random: Random, language: Language): string {
  const middle = random.next(2) === 0 ? random.pick(MIDDLE[language]) : ''
  return random.pick(FRONT[language]) + middle + random.pick(BACK[language])
}

const CONSONANTS = words('b br c ch d dr f g gr h j k kl l m n p pr r s sch st t tr v w z')
const VOWELS = words('a e i o u ä ö ü au ei ie ou é')

/** A name that nobody has: consonants and vowels in turn. */
function letters(random: Random, count: number): string {
  let name = ''
  for (let at = 0; at < count; at += 1) name += random.pick(CONSONANTS) + random.pick(VOWELS)
  name += random.pick(['', 'n', 'r', 'l', 's', 'ck', 'tz', 'nd'])
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}

/** A person of one half of the names. */
export function makePerson(random: Random, language: Language, half: Half): Person {
  const female = random.next(2) === 0
  const sex = female ? 'female' : 'male'
  if (half === 'development') {
    const list = ORDINARY[language]
    const given = random.next(6) === 0 ? letters(random, 2) : random.pick(list[sex])
    return {
      given,
      family: random.next(3) === 0 ? letters(random, 2 + random.next(2)) : random.pick(list.family),
      female,
    }
  }
  const far = random.next(3)
  const given = random.next(2) === 0 ? random.pick(FAR[sex]) : random.pick(GIVEN_FRONT) + random.pick(GIVEN_BACK[sex])
  const family = far === 0 ? random.pick(FAR.family).replaceAll('_', ' ') : syllables(random, language)
  // Most people have a given name that many have: half of the held-out ones, too.
  return { given: random.next(2) === 0 ? random.pick(ORDINARY[language][sex]) : given, family, female }
}
