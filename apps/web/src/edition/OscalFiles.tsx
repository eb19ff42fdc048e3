import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const models = ['catalog', 'component-definition', 'assessment-results', 'poam'] as const

interface OscalFilesProps {
  /** Of the edition, or of the room that shows it. */
  readonly name: string
  /** Without a plan nothing is open: OSCAL has none without an item. */
  readonly hasPlan: boolean
  readonly addressOf: (format: `oscal-${(typeof models)[number]}`) => string
}

/** An edition as the four files of OSCAL. */
export function OscalFiles({ name, hasPlan, addressOf }: OscalFilesProps) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={280} trapFocus withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="text-button" aria-label={t('edition.oscal.of', { name })}>
          OSCAL
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('edition.oscal.title')}</Menu.Label>
        {models.map((model) =>
          model === 'poam' && !hasPlan ? (
            <Menu.Item key={model} disabled>
              {t('edition.oscal.noPlan')}
            </Menu.Item>
          ) : (
            <Menu.Item key={model} component="a" href={addressOf(`oscal-${model}`)} download>
              {t(`edition.oscal.${model}`)}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
