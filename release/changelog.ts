import { UserError } from "../lib/text/user-error";

/** The section of a version in CHANGELOG.md. */
export interface ChangelogSection {
  readonly text: string;
  /** The version before it; undefined for the first. */
  readonly previous: string | undefined;
}

/**
 * Returns the section of a version.
 *
 * @see https://keepachangelog.com/en/1.1.0/
 * @throws UserError if the section is missing
 */
export function changelogSection(changelog: string, version: string): ChangelogSection {
  const [, ...parts] = changelog.split(/^## (?=\[)/m);
  const sections = parts.map((part) => {
    const [, name = "", text = ""] = /^\[([^\]]+)\][^\n]*\n(.*)$/s.exec(part) ?? [];
    return { name, text: text.trim() };
  });
  const index = sections.findIndex(({ name }) => name === version);
  const section = sections[index];
  if (section === undefined) {
    throw new UserError(
      `CHANGELOG.md has no section [${version}], the version of package.json. Add the heading "## [${version}]" above its entries.`,
    );
  }
  return { text: section.text, previous: sections[index + 1]?.name };
}
