import { UserError } from "../lib/text/user-error";

/** What CHANGELOG.md says of a version. */
export interface ChangelogSection {
  readonly text: string;
  /** The version before it; undefined for the first. */
  readonly previous: string | undefined;
}

/**
 * The section of a version.
 *
 * @see https://keepachangelog.com/en/1.1.0/
 * @throws UserError where there is none
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
      `CHANGELOG.md has no section [${version}], the version of package.json. Move what is under Unreleased there.`,
    );
  }
  return { text: section.text, previous: sections[index + 1]?.name };
}
