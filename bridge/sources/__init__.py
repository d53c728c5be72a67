"""Opens what an editor has: timelines, bundles, adapters' formats and plain movies."""
