import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartCheckView } from '../api/api.ts'
import { useRead } from '../api/use-api.ts'
import { OutcomeDetail } from '../check/OutcomeDetail.tsx'
import { outcomeSigns } from '../check/outcome-sign.ts'
import { useCheckTitle } from '../check/use-checks.ts'
import { useSystemName } from '../connection/use-systems.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { reasonWord } from '../check/reason.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** One check on one system behind a part; opened, it shows what the check said and what was seen. */
export function CheckBacking({ check }: { check: PartCheckView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const title = useCheckTitle()
  const systemName = useSystemName()
  const sign = outcomeSigns[check.state]
  const [opened, setOpened] = useState(false)
  return (
    <li>
      <details onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>
          <span className={`glyph ${sign.tone}`} aria-hidden>
            {sign.glyph}
          </span>
          <span className="backing-title">{title(check.check)}</span>
          <span className="backing-note">
            <span className={sign.tone}>{sign.word[language]}</span>
            {` · ${systemName(check.systemId)} · ${day(check.at, language)}`}
            {check.relation === 'supports' ? ` · ${t('proof.supports')}` : ''}
            {check.reason === null ? '' : ` · ${reasonWord(check.reason, t)}`}
            {check.excepted ? ` · ${t('exception.covered')}` : ''}
          </span>
        </summary>
        {opened ? <Seen check={check} /> : null}
      </details>
    </li>
  )
}

function Seen({ check }: { check: PartCheckView }) {
  const outcomes = useRead('outcome.list', { systemId: check.systemId, checkId: check.check })
  return (
    <Loaded read={outcomes}>
      {({ outcomes }) =>
        outcomes
          .filter(({ at }) => at === check.at || outcomes.length === 1)
          .map((outcome) => <OutcomeDetail key={outcome.id} outcome={outcome} />)
      }
    </Loaded>
  )
}
