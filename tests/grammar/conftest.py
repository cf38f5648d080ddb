"""Settings of the property tests: short runs in the gate, long ones with VKD_PROPERTY_TESTS=long before a release."""

import os

from hypothesis import HealthCheck, settings

PROFILES = {"short": 80, "long": 2500}

for name, examples in PROFILES.items():
    settings.register_profile(
        name, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
    )
settings.load_profile(os.environ.get("VKD_PROPERTY_TESTS", "short"))
