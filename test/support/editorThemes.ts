/** The colours of the editor's four kinds of theme that the player uses, as a webview receives them. */
export interface EditorTheme {
  readonly bodyClass: string;
  readonly colours: Readonly<Record<string, string>>;
}

export const editorThemes = {
  dark: {
    bodyClass: 'vscode-dark',
    colours: {
      'editor-background': '#1f1f1f',
      foreground: '#cccccc',
      descriptionForeground: '#9d9d9d',
      'panel-border': '#2b2b2b',
      'widget-border': '#313131',
      focusBorder: '#0078d4',
      'button-secondaryBackground': '#313131',
      'button-secondaryForeground': '#cccccc',
      'button-secondaryHoverBackground': '#3c3c3c',
      'toolbar-hoverBackground': '#5a5d5e50',
      'textLink-foreground': '#4daafc',
      'textBlockQuote-background': '#2b2b2b',
      'editorWarning-foreground': '#cca700',
    },
  },
  light: {
    bodyClass: 'vscode-light',
    colours: {
      'editor-background': '#ffffff',
      foreground: '#3b3b3b',
      descriptionForeground: '#3b3b3b',
      'panel-border': '#e5e5e5',
      'widget-border': '#e5e5e5',
      focusBorder: '#005fb8',
      'button-secondaryBackground': '#e5e5e5',
      'button-secondaryForeground': '#3b3b3b',
      'button-secondaryHoverBackground': '#cccccc',
      'toolbar-hoverBackground': '#b8b8b850',
      'textLink-foreground': '#005fb8',
      'textBlockQuote-background': '#f8f8f8',
      'editorWarning-foreground': '#bf8803',
    },
  },
  highContrast: {
    bodyClass: 'vscode-high-contrast',
    colours: {
      'editor-background': '#000000',
      foreground: '#ffffff',
      descriptionForeground: '#ffffffb3',
      contrastBorder: '#6fc3df',
      'panel-border': '#6fc3df',
      'widget-border': '#6fc3df',
      'button-border': '#6fc3df',
      focusBorder: '#f38518',
      'button-secondaryForeground': '#ffffff',
      'textLink-foreground': '#21a6ff',
      'editorWarning-foreground': '#ffd370',
    },
  },
  highContrastLight: {
    bodyClass: 'vscode-high-contrast-light vscode-high-contrast',
    colours: {
      'editor-background': '#ffffff',
      foreground: '#292929',
      descriptionForeground: '#292929b3',
      contrastBorder: '#0f4a85',
      'panel-border': '#0f4a85',
      'widget-border': '#0f4a85',
      'button-border': '#0f4a85',
      focusBorder: '#006bbd',
      'button-secondaryBackground': '#ffffff',
      'button-secondaryForeground': '#0f4a85',
      'textLink-foreground': '#0f4a85',
      'textBlockQuote-background': '#f2f2f2',
      'editorWarning-foreground': '#895503',
    },
  },
} as const satisfies Record<string, EditorTheme>;

export type ThemeName = keyof typeof editorThemes;
