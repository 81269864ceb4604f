package org.zosgrid.contract.admission;

import java.util.ArrayList;
import java.util.List;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.trust.TrustRoot;

/**
 * A promotion that a deployment is in need of.
 *
 * @param field where the deployment names the image
 */
public record NeededPromotion(String field, ImageReference image, Environment environment) {

    /**
     * Where the trust root says that an environment takes promoted images only, every image of a deployment there must have been promoted to it; and to each environment
     * before it of which the trust root says so too: nothing gets to production past staging.
     */
    public static List<NeededPromotion> of(TrustRoot root, Deployment deployment) {
        List<NeededPromotion> needed = new ArrayList<>();
        for (int i = 0; i < deployment.machines().size(); i++) {
            ImageReference image = deployment.machines().get(i).image();
            for (Environment environment : root.promoted()) {
                if (environment.compareTo(deployment.environment()) <= 0) {
                    needed.add(new NeededPromotion("machines[" + i + "].image", image, environment));
                }
            }
        }
        return needed;
    }

    /** In a sentence, for people. @param why no promotion of it counts */
    public String lacks(String why) {
        return field + ": " + image + " must have been promoted to " + environment + ", which takes promoted images only; promotion " + name() + ": " + why;
    }

    /** Name of the document that would say so. */
    public String name() {
        return ImagePromotion.name(image, environment);
    }
}
